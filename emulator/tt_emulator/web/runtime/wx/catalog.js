// What the platform's documentation says, one entry an API. Generated from the catalog.
export const CATALOG = {
  "access": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"path": "string"},
    "success": ["errMsg"],
    "errors": {
      "error-stack": {"message": "error stack"},
      "permission-denied": {"message": "permission denied, $filePath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $filePath", "detail": "text"},
      "parameter-required": {"message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"message": "$paramName is invalid", "detail": "text"},
      "bad-parameter": {"message": "invalid param"},
      "internal-error": {"message": "internal error"}
    }
  },
  "accessSync": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "errMsg",
    "params": {"path": "string"},
    "success": [],
    "errors": {
      "error-stack": {"message": "error stack"},
      "permission-denied": {"message": "permission denied, $filePath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $filePath", "detail": "text"},
      "parameter-required": {"message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"message": "$paramName is invalid", "detail": "text"},
      "bad-parameter": {"message": "invalid param"},
      "internal-error": {"message": "internal error"}
    }
  },
  "appendFile": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"filePath": "string", "data": "any", "encoding": "string"},
    "success": ["errMsg"],
    "limits": {"user_folder": 209715200},
    "errors": {
      "bad-parameter": {"message": "invalid param"},
      "error-stack": {"message": "error stack"},
      "permission-denied": {"message": "permission denied, $filePath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $filePath", "detail": "text"},
      "user-folder-full": {"message": "user dir saved file size limit exceeded"},
      "operation-not-permitted": {"message": "operation not permitted, appendFile $filePath", "detail": "text"},
      "parameter-invalid": {"message": "$paramName is invalid", "detail": "text"},
      "internal-error": {"message": "internal error"}
    }
  },
  "appendFileSync": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "errMsg",
    "params": {"filePath": "string", "data": "any", "encoding": "string"},
    "success": [],
    "limits": {"user_folder": 209715200},
    "errors": {
      "parameter-invalid": {"message": "filePath is invalid"},
      "permission-denied": {"message": "permission denied, appendFile $filePath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, appendFile $filePath", "detail": "text"},
      "user-folder-full": {"message": "user dir saved file size limit exceeded"},
      "operation-not-permitted": {"message": "operation not permitted, appendFile $filePath", "detail": "text"},
      "bad-parameter": {"message": "invalid param"},
      "internal-error": {"message": "internal error"}
    }
  },
  "authorize": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "err_code",
    "params": {"scope": "string"},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "errors": {
      "auth-deny": {"code": "-12006", "message": "auth deny", "also": {"errno": 0}}
    }
  },
  "canIUse": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {"schema": "string"},
    "success": [],
    "errors": {}
  },
  "checkSession": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "errors": {
      "session-expired": {"code": -13001, "message": "系统错误，错误码：-13001,session time out…d relogin"}
    }
  },
  "clearStorage": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "errors": {}
  },
  "clearStorageSync": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": [],
    "errors": {}
  },
  "connectSocket": {
    "since": "0.0.0", "sync": false, "leaves": true, "domains": ["main"], "failure": "errMsg",
    "params": {"url": "string", "header": "object", "protocols": "array<string>", "timeout": "number"},
    "success": ["errMsg", "socketTaskId"],
    "limits": {"at_once": 5},
    "errors": {
      "invalid-domain": {"message": "url is not valid domain"},
      "network-unavailable": {"message": "network unavailable"},
      "timed-out": {"message": "timeout"},
      "bad-parameter": {"message": "invalid param"}
    }
  },
  "copyFile": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"srcPath": "string", "destPath": "string"},
    "success": ["errMsg"],
    "limits": {"user_folder": 209715200},
    "errors": {
      "error-stack": {"message": "error stack"},
      "permission-denied": {"message": "permission denied, $apiName $srcPath -> $destPath", "detail": "text"},
      "operation-not-permitted": {"message": "operation not permitted, $apiName $srcPath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $apiName $srcPath -> $destPath", "detail": "text"},
      "user-folder-full": {"message": "user dir saved file size limit exceeded"},
      "bad-parameter": {"message": "invalid param"},
      "parameter-required": {"message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"message": "operation failed"},
      "internal-error": {"message": "internal error"}
    }
  },
  "copyFileSync": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "errMsg",
    "params": {"srcPath": "string", "destPath": "string"},
    "success": [],
    "limits": {"user_folder": 209715200},
    "errors": {
      "error-stack": {"message": "error stack"},
      "permission-denied": {"message": "permission denied, $apiName $srcPath -> $destPath", "detail": "text"},
      "operation-not-permitted": {"message": "operation not permitted, $apiName $srcPath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $apiName $srcPath -> $destPath", "detail": "text"},
      "user-folder-full": {"message": "user dir saved file size limit exceeded"},
      "bad-parameter": {"message": "invalid param"},
      "parameter-required": {"message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"message": "operation failed"},
      "internal-error": {"message": "internal error"}
    }
  },
  "createInnerAudioContext": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": [],
    "errors": {}
  },
  "downloadFile": {
    "since": "0.0.0", "sync": false, "leaves": true, "domains": ["main"], "failure": "errMsg",
    "params": {"url": "string", "header": "object", "timeout": "number", "enableProfile": "boolean"},
    "success": ["errMsg", "tempFilePath", "statusCode", "profile"],
    "limits": {"at_once": 5, "file": 52428800},
    "errors": {
      "invalid-domain": {"message": "url is not valid domain"},
      "network-unavailable": {"message": "network unavailable"},
      "timed-out": {"message": "timeout"},
      "aborted": {"message": "abort"},
      "file-too-large": {},
      "bad-parameter": {"message": "invalid param"}
    }
  },
  "getAccountInfoSync": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": ["miniProgram"],
    "errors": {}
  },
  "getAppBaseInfo": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": ["SDKVersion", "version", "language", "enableDebug"],
    "errors": {}
  },
  "getClipboardData": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg", "data"],
    "promise": "without-callbacks",
    "errors": {
      "internal-error": {"message": "internal error"}
    }
  },
  "getDeviceInfo": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": ["brand", "model", "platform", "system", "benchmarkLevel"],
    "errors": {}
  },
  "getFileInfo": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"filePath": "string"},
    "success": ["errMsg", "size"],
    "errors": {
      "internal-error": {"message": "internal error"},
      "bad-parameter": {"message": "invalid param"},
      "permission-denied": {"message": "permission denied, $apiName $filePath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $apiName $filePath", "detail": "text"}
    }
  },
  "getFriendCloudStorage": {
    "since": "1.9.92", "sync": false, "domains": ["open"], "failure": "err_code",
    "params": {"keyList": "array<string>"},
    "success": ["data", "errMsg"],
    "needs": ["scope.WxFriendInteraction", "privacy"],
    "errors": {
      "system-error": {"code": -2, "literal": "getFriendUserGameData:fail 系统错误,错误码:-2", "codeField": "errMsg"},
      "auth-deny": {"code": "-12006", "message": "auth deny", "also": {"errno": 0}},
      "privacy-undeclared": {"code": 112, "message": "api scope is not declared in the privacy agreement", "codeField": "errno"},
      "privacy-usage-missing": {"code": 1026, "message": "please go to mp to announce your privacy usage", "codeField": "errno"},
      "privacy-popup-missing": {"code": 1025, "message": "please go to mp open official popup or use wx.onNeedPrivacyAuthorization to announce your privacy usage", "codeField": "errno"},
      "privacy-refused": {"code": 104, "message": "privacy permission is not authorized", "codeField": "errno"},
      "data-no-response": {"code": "0", "message": "data no response"},
      "connect-fail": {"code": "0", "message": "connect fail", "also": {"errno": 0}}
    }
  },
  "getGroupCloudStorage": {
    "since": "1.9.92", "sync": false, "domains": ["open"], "failure": "err_code",
    "params": {"shareTicket": "string", "groupid": "string", "keyList": "array<string>"},
    "success": ["data", "errMsg"],
    "needs": ["scope.WxFriendInteraction", "privacy"],
    "errors": {
      "auth-deny": {"code": "-12006", "message": "auth deny", "also": {"errno": 0}},
      "privacy-undeclared": {"code": 112, "message": "api scope is not declared in the privacy agreement", "codeField": "errno"},
      "privacy-usage-missing": {"code": 1026, "message": "please go to mp to announce your privacy usage", "codeField": "errno"},
      "privacy-popup-missing": {"code": 1025, "message": "please go to mp open official popup or use wx.onNeedPrivacyAuthorization to announce your privacy usage", "codeField": "errno"},
      "privacy-refused": {"code": 104, "message": "privacy permission is not authorized", "codeField": "errno"},
      "data-no-response": {"code": "0", "message": "data no response"},
      "connect-fail": {"code": "0", "message": "connect fail", "also": {"errno": 0}}
    }
  },
  "getGroupInfo": {
    "since": "2.10.1", "sync": false, "domains": ["open"], "failure": "err_code",
    "params": {"openGId": "string"},
    "success": ["name", "errMsg"],
    "needs": ["scope.WxFriendInteraction"],
    "errors": {
      "auth-deny": {"code": "-12006", "message": "auth deny", "also": {"errno": 0}},
      "connect-fail": {"code": "0", "message": "connect fail", "also": {"errno": 0}}
    }
  },
  "getMenuButtonBoundingClientRect": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": ["width", "height", "top", "bottom", "right", "left"],
    "errors": {}
  },
  "getNetworkType": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg", "networkType"],
    "promise": "without-callbacks",
    "errors": {
      "internal-error": {"message": "internal error"}
    }
  },
  "getOpenDataContext": {
    "since": "1.9.92", "sync": true, "domains": ["main"], "failure": "none",
    "params": {"sharedCanvasMode": "string"},
    "success": ["canvas", "postMessage"],
    "errors": {}
  },
  "getPotentialFriendList": {
    "since": "2.9.0", "sync": false, "domains": ["open"], "failure": "err_code",
    "params": {},
    "success": ["list", "errMsg"],
    "needs": ["scope.WxFriendInteraction"],
    "limits": {"rows": 5},
    "errors": {
      "auth-deny": {"code": "-12006", "message": "auth deny", "also": {"errno": 0}},
      "privacy-undeclared": {"code": 112, "message": "api scope is not declared in the privacy agreement", "codeField": "errno"},
      "connect-fail": {"code": "0", "message": "connect fail", "also": {"errno": 0}}
    }
  },
  "getRelationFriendList": {
    "since": "3.16.2", "sync": false, "domains": ["main"], "failure": "err_code",
    "params": {},
    "success": ["signature", "encryptedData", "iv", "cloudID", "errMsg"],
    "needs": ["scope.interactedUserInfo"],
    "limits": {"rows": 20},
    "errors": {
      "auth-deny": {"code": "-12006", "message": "auth deny", "also": {"errno": 0}}
    }
  },
  "getSavedFileList": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg", "fileList"],
    "errors": {
      "saved-list-failed": {"message": "get saved file list fail"},
      "internal-error": {"message": "internal error"}
    }
  },
  "getSetting": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg", "authSetting"],
    "promise": "without-callbacks",
    "errors": {}
  },
  "getSharedCanvas": {
    "since": "0.0.0", "sync": true, "domains": ["open"], "failure": "none",
    "params": {},
    "success": [],
    "errors": {}
  },
  "getStorage": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"key": "string", "encrypt": "boolean"},
    "success": ["data", "errMsg"],
    "promise": "without-callbacks",
    "errors": {
      "not-found": {"message": "data not found"}
    }
  },
  "getStorageInfo": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["keys", "currentSize", "limitSize", "errMsg"],
    "promise": "without-callbacks",
    "errors": {}
  },
  "getStorageInfoSync": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": ["keys", "currentSize", "limitSize"],
    "errors": {}
  },
  "getStorageSync": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {"key": "string"},
    "success": [],
    "errors": {}
  },
  "getSystemInfo": {
    "since": "0.0.0", "sync": false, "domains": ["main", "open"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg", "system", "platform", "brand", "model", "version", "appName", "SDKVersion", "screenWidth", "screenHeight", "windowWidth", "windowHeight", "pixelRatio", "safeArea", "deviceScore", "language", "statusBarHeight"],
    "promise": "without-callbacks",
    "errors": {}
  },
  "getSystemInfoSync": {
    "since": "0.0.0", "sync": true, "domains": ["main", "open"], "failure": "none",
    "params": {},
    "success": ["system", "platform", "brand", "model", "version", "appName", "SDKVersion", "screenWidth", "screenHeight", "windowWidth", "windowHeight", "pixelRatio", "safeArea", "deviceScore", "language", "statusBarHeight"],
    "errors": {}
  },
  "getUserCloudStorage": {
    "since": "1.9.92", "sync": false, "domains": ["open"], "failure": "errMsg",
    "params": {"keyList": "array<string>"},
    "success": ["errMsg", "KVDataList"],
    "errors": {}
  },
  "getUserCloudStorageKeys": {
    "since": "2.16.1", "sync": false, "domains": ["open"], "failure": "err_code",
    "params": {},
    "success": ["errMsg", "keys"],
    "needs": ["scope.WxFriendInteraction"],
    "errors": {
      "auth-deny": {"code": "-12006", "message": "auth deny", "also": {"errno": 0}},
      "privacy-undeclared": {"code": 112, "message": "api scope is not declared in the privacy agreement", "codeField": "errno"},
      "connect-fail": {"code": "0", "message": "connect fail", "also": {"errno": 0}}
    }
  },
  "getUserInfo": {
    "since": "0.0.0", "sync": false, "domains": ["open"], "failure": "err_code",
    "params": {"openIdList": "array<string>", "lang": "string"},
    "success": ["data", "errMsg"],
    "needs": ["scope.WxFriendInteraction"],
    "errors": {
      "auth-deny": {"code": "-12006", "message": "auth deny", "also": {"errno": 0}},
      "privacy-undeclared": {"code": 112, "message": "api scope is not declared in the privacy agreement", "codeField": "errno"},
      "privacy-usage-missing": {"code": 1026, "message": "please go to mp to announce your privacy usage", "codeField": "errno"},
      "privacy-refused": {"code": 104, "message": "privacy permission is not authorized", "codeField": "errno"},
      "connect-fail": {"code": "0", "message": "connect fail", "also": {"errno": 0}}
    }
  },
  "getUserInteractiveStorage": {
    "since": "2.7.7", "sync": false, "domains": ["main"], "failure": "errCode",
    "params": {"keyList": "array<string>"},
    "success": ["encryptedData", "iv", "cloudID", "errMsg"],
    "promise": "without-callbacks",
    "needs": ["scope.WxFriendInteraction"],
    "limits": {"interactive_keys": 50},
    "errors": {
      "bad-key": {"code": -17008},
      "system-apperror": {"code": -1, "message": "系统错误,错误码:-1,system apperror"},
      "auth-deny": {"code": "-12006", "message": "auth deny", "codeField": "err_code", "also": {"errno": 0}}
    }
  },
  "getWindowInfo": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": ["pixelRatio", "screenWidth", "screenHeight", "windowWidth", "windowHeight", "statusBarHeight", "safeArea", "screenTop"],
    "errors": {}
  },
  "hideKeyboard": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "errors": {
      "internal-error": {"message": "internal error"}
    }
  },
  "hideLoading": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "errors": {
      "internal-error": {}
    }
  },
  "hideToast": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "errors": {
      "internal-error": {}
    }
  },
  "loadFont": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {"path": "string"},
    "success": [],
    "errors": {}
  },
  "loadSubpackage": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"name": "string"},
    "success": ["errMsg"],
    "errors": {
      "internal-error": {},
      "bad-parameter": {}
    }
  },
  "login": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errno",
    "params": {"timeout": "number"},
    "success": ["code", "errMsg"],
    "errors": {}
  },
  "mkdir": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"dirPath": "string", "recursive": "boolean"},
    "success": ["errMsg"],
    "errors": {
      "error-stack": {"message": "error stack"},
      "permission-denied": {"message": "permission denied, $apiName $filePath", "detail": "text"},
      "file-exists": {"message": "file already exists, $apiName $filePath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "bad-parameter": {"message": "invalid param"},
      "parameter-required": {"message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "internal-error": {"message": "internal error"}
    }
  },
  "mkdirSync": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "errMsg",
    "params": {"dirPath": "string", "recursive": "boolean"},
    "success": [],
    "errors": {
      "error-stack": {"message": "error stack"},
      "permission-denied": {"message": "permission denied, $apiName $filePath", "detail": "text"},
      "file-exists": {"message": "file already exists, $apiName $filePath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "bad-parameter": {"message": "invalid param"},
      "parameter-required": {"message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "internal-error": {"message": "internal error"}
    }
  },
  "modifyFriendInteractiveStorage": {
    "since": "2.7.7", "sync": false, "domains": ["open"], "failure": "errCode",
    "params": {"key": "string", "opNum": "number", "operation": "string", "toUser": "string", "title": "string", "imageUrl": "string", "imageUrlId": "string", "quiet": "boolean"},
    "success": ["errMsg"],
    "limits": {"interactive_keys": 50},
    "errors": {
      "not-friends": {"code": -17006},
      "bad-openid": {"code": -17007},
      "bad-key": {"code": -17008},
      "bad-operation": {"code": -17009},
      "bad-operand": {"code": -17010},
      "check-refused": {"code": -17011, "message": "系统错误,错误码:-17011,check set interactive data fail"},
      "invalid-key-2019": {"code": -17012, "message": "系统错误,错误码:-17012,invalid key"},
      "system-apperror": {"code": "-1", "literal": "modifyFriendInteractiveStorage:fail:system apperror", "codeField": "err_code"},
      "bad-config": {"message": "invalid modifyFriendInteractiveStorage config in game.json"},
      "cancelled": {"message": "cancel"}
    }
  },
  "navigateToMiniProgram": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"appId": "any", "path": "any", "extraData": "any", "envVersion": "any"},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "errors": {
      "unsupported-on-game": {"message": "unSupport on game"},
      "not-in-list": {"message": "appId %s is not in navigateToMiniProgramAppIdList", "detail": "text"},
      "user-cancelled": {"message": "cancel"}
    }
  },
  "offNetworkStatusChange": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {"callback": "function"},
    "success": [],
    "errors": {}
  },
  "onInteractiveStorageModified": {
    "since": "2.9.0", "sync": true, "event": true, "domains": ["main"], "failure": "none",
    "params": {"callback": "function"},
    "success": [],
    "errors": {}
  },
  "onMessage": {
    "since": "0.0.0", "sync": true, "event": true, "domains": ["open"], "failure": "none",
    "params": {"callback": "function"},
    "success": [],
    "errors": {}
  },
  "onNetworkStatusChange": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "errMsg",
    "params": {"callback": "function"},
    "success": [],
    "errors": {
      "bad-parameter": {"message": "invalid param"},
      "internal-error": {"message": "internal error"}
    }
  },
  "onShareMessageToFriend": {
    "since": "2.9.4", "sync": true, "event": true, "domains": ["main"], "failure": "none",
    "params": {"listener": "function"},
    "success": ["success", "errMsg"],
    "errors": {}
  },
  "postMessage": {
    "memberOf": "OpenDataContext",
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {"message": "object"},
    "success": [],
    "errors": {}
  },
  "readFile": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"filePath": "string", "encoding": "string"},
    "success": ["errMsg", "data"],
    "errors": {
      "bad-parameter": {"message": "invalid param"},
      "error-stack": {"message": "error stack"},
      "permission-denied": {"message": "permission denied, $apiName $filePath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "internal-error": {"message": "internal error"}
    }
  },
  "readFileSync": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "errMsg",
    "params": {"filePath": "string", "encoding": "string"},
    "success": [],
    "errors": {
      "bad-parameter": {"message": "invalid param"},
      "error-stack": {"message": "error stack"},
      "permission-denied": {"message": "permission denied, $apiName $filePath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "internal-error": {"message": "internal error"}
    }
  },
  "readdir": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"dirPath": "string"},
    "success": ["errMsg", "files"],
    "errors": {
      "error-stack": {"message": "error stack"},
      "permission-denied": {"message": "permission denied, $apiName $filePath", "detail": "text"},
      "operation-not-permitted": {"message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "bad-parameter": {"message": "invalid param"},
      "parameter-required": {"message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"message": "*", "detail": "text"},
      "internal-error": {"message": "internal error"}
    }
  },
  "readdirSync": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "errMsg",
    "params": {"dirPath": "string"},
    "success": [],
    "errors": {
      "error-stack": {"message": "error stack"},
      "permission-denied": {"message": "permission denied, $apiName $filePath", "detail": "text"},
      "operation-not-permitted": {"message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "bad-parameter": {"message": "invalid param"},
      "parameter-required": {"message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"message": "*", "detail": "text"},
      "internal-error": {"message": "internal error"}
    }
  },
  "removeSavedFile": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"filePath": "string"},
    "success": ["errMsg"],
    "errors": {
      "internal-error": {"message": "internal error"},
      "bad-parameter": {"message": "invalid param"},
      "permission-denied": {"message": "permission denied, $apiName $filePath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "operation-not-permitted": {"message": "operation not permitted, $apiName $filePath", "detail": "text"}
    }
  },
  "removeStorage": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"key": "string"},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "errors": {}
  },
  "removeStorageSync": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {"key": "string"},
    "success": [],
    "errors": {}
  },
  "removeUserCloudStorage": {
    "since": "1.9.92", "sync": false, "domains": ["main", "open"], "failure": "errMsg",
    "params": {"keyList": "array<string>"},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "errors": {}
  },
  "rename": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"oldPath": "string", "newPath": "string"},
    "success": ["errMsg"],
    "errors": {
      "bad-parameter": {"message": "invalid param"},
      "error-stack": {"message": "error stack"},
      "permission-denied": {"message": "permission denied, $apiName $oldPath -> $newPath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $apiName $oldPath -> $newPath", "detail": "text"},
      "operation-not-permitted": {"message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "user-folder-full": {"message": "user dir saved file size limit exceeded"},
      "parameter-required": {"message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"message": "operation failed"},
      "internal-error": {"message": "internal error"}
    }
  },
  "renameSync": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "errMsg",
    "params": {"oldPath": "string", "newPath": "string"},
    "success": [],
    "errors": {
      "bad-parameter": {"message": "invalid param"},
      "error-stack": {"message": "error stack"},
      "permission-denied": {"message": "permission denied, $apiName $oldPath -> $newPath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $apiName $oldPath -> $newPath", "detail": "text"},
      "operation-not-permitted": {"message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "user-folder-full": {"message": "user dir saved file size limit exceeded"},
      "parameter-required": {"message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"message": "operation failed"},
      "internal-error": {"message": "internal error"}
    }
  },
  "reportAnalytics": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {"eventName": "string", "data": "object"},
    "success": [],
    "errors": {}
  },
  "reportEvent": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {"eventId": "string", "data": "object"},
    "success": [],
    "errors": {}
  },
  "request": {
    "since": "0.0.0", "sync": false, "leaves": true, "domains": ["main"], "failure": "errMsg",
    "params": {"url": "string", "header": "object", "method": "string", "data": "any", "dataType": "string", "responseType": "string", "timeout": "number", "redirect": "string", "enableCache": "boolean", "enableProfile": "boolean"},
    "success": ["errMsg", "statusCode", "header", "data", "profile"],
    "limits": {"at_once": 15},
    "errors": {
      "invalid-domain": {"message": "url is not valid domain"},
      "network-unavailable": {"message": "network unavailable"},
      "timed-out": {"message": "timeout"},
      "aborted": {"message": "abort"},
      "bad-parameter": {"message": "invalid param"}
    }
  },
  "requestSubscribeMessage": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "errors": {
      "internal-error": {}
    }
  },
  "rmdir": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"dirPath": "string", "recursive": "boolean"},
    "success": ["errMsg"],
    "errors": {
      "bad-parameter": {"message": "invalid param"},
      "error-stack": {"message": "error stack"},
      "permission-denied": {"message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "folder-not-empty": {"message": "directory not empty"},
      "operation-not-permitted": {"message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "parameter-required": {"message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"message": "remove path"},
      "internal-error": {"message": "internal error"}
    }
  },
  "rmdirSync": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "errMsg",
    "params": {"dirPath": "string", "recursive": "boolean"},
    "success": [],
    "errors": {
      "bad-parameter": {"message": "invalid param"},
      "error-stack": {"message": "error stack"},
      "permission-denied": {"message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "folder-not-empty": {"message": "directory not empty"},
      "operation-not-permitted": {"message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "parameter-required": {"message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"message": "remove path"},
      "internal-error": {"message": "internal error"}
    }
  },
  "saveFile": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"tempFilePath": "string", "filePath": "string"},
    "success": ["errMsg", "savedFilePath"],
    "limits": {"user_folder": 209715200},
    "errors": {
      "bad-parameter": {"message": "invalid param"},
      "error-stack": {"message": "error stack"},
      "permission-denied": {"message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "user-folder-full": {"message": "user dir saved file size limit exceeded"},
      "operation-not-permitted": {"message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "parameter-required": {"message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"message": "operation failed"},
      "internal-error": {"message": "internal error"}
    }
  },
  "saveFileSync": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "errMsg",
    "params": {"tempFilePath": "string", "filePath": "string"},
    "success": [],
    "limits": {"user_folder": 209715200},
    "errors": {
      "bad-parameter": {"message": "invalid param"},
      "error-stack": {"message": "error stack"},
      "permission-denied": {"message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "user-folder-full": {"message": "user dir saved file size limit exceeded"},
      "operation-not-permitted": {"message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "parameter-required": {"message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"message": "operation failed"},
      "internal-error": {"message": "internal error"}
    }
  },
  "setClipboardData": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"data": "string"},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "errors": {
      "bad-parameter": {"message": "invalid param"},
      "internal-error": {"message": "internal error"}
    }
  },
  "setDeviceOrientation": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"value": "string"},
    "success": ["errMsg"],
    "errors": {
      "framework-error": {"message": "internal error"},
      "orientation-in-live": {"message": "setDeviceOrientation: can't set device orientation in live"},
      "orientation-in-x-screen": {"message": "setDeviceOrientation: can't set device orientation in x screen"},
      "bad-parameter": {"message": "invalid param"}
    }
  },
  "setMessageToFriendQuery": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {"shareMessageToFriendScene": "number", "query": "string"},
    "success": [],
    "limits": {"query": 128},
    "errors": {}
  },
  "setPreferredFramesPerSecond": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {"fps": "number"},
    "success": [],
    "errors": {}
  },
  "setStorage": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"key": "string", "data": "any", "encrypt": "boolean"},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "limits": {"item": 1048576, "total": 10485760},
    "errors": {
      "quota": {"message": "exceed storage max size"}
    }
  },
  "setStorageSync": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {"key": "string", "data": "any"},
    "success": [],
    "errors": {}
  },
  "setUserCloudStorage": {
    "since": "1.9.92", "sync": false, "domains": ["main", "open"], "failure": "err_code",
    "params": {"KVDataList": "array<KVData>"},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "limits": {"key": 128, "key_and_value": 1024, "pairs_per_player": 128},
    "errors": {
      "bad-item": {"message": "invalid KVData item"},
      "bad-list": {"message": "KVDataList must be an Array"},
      "too-long": {"message": "some key-value in list meet length exceed"},
      "invalid-scope": {"message": "invalid scope"},
      "bare-fail": {"code": "1"},
      "unsupported-in-devtools": {"code": -80002, "codeField": "errCode"},
      "privacy-undeclared": {"code": 112, "message": "api scope is not declared in the privacy agreement", "codeField": "errno"},
      "privacy-usage-missing": {"code": 1026, "message": "please go to mp to announce your privacy usage", "codeField": "errno"},
      "privacy-refused": {"code": 104, "message": "privacy permission is not authorized", "codeField": "errno"},
      "connect-fail": {"code": "0", "message": "connect fail", "also": {"errno": 0}}
    }
  },
  "shareAppMessage": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"channel": "any", "title": "any", "desc": "any", "query": "any", "templateId": "any", "extra": "any"},
    "success": ["errMsg"],
    "errors": {
      "share-info-missing": {"message": "get shareInfo return null"},
      "gesture-missing": {"message": "must be invoked by user gesture"},
      "user-cancelled": {}
    }
  },
  "shareMessageToFriend": {
    "since": "2.9.0", "sync": false, "domains": ["open"], "failure": "errMsg",
    "params": {"openId": "string", "title": "string", "imageUrl": "string", "imageUrlId": "string"},
    "success": ["errMsg"],
    "errors": {}
  },
  "showActionSheet": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"itemList": "array<string>"},
    "success": ["errMsg", "tapIndex"],
    "promise": "without-callbacks",
    "errors": {
      "user-cancelled": {"message": "cancel"},
      "bad-parameter": {},
      "internal-error": {}
    }
  },
  "showKeyboard": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"defaultValue": "string", "maxLength": "number", "multiple": "boolean", "confirmHold": "boolean", "confirmType": "string"},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "errors": {
      "framework-error": {"message": "internal error"},
      "internal-error": {"message": "internal error"},
      "bad-parameter": {"message": "invalid param"}
    }
  },
  "showLoading": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"title": "string"},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "errors": {
      "bad-parameter": {},
      "internal-error": {}
    }
  },
  "showModal": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"title": "any", "content": "any", "showCancel": "any", "cancelText": "any", "confirmText": "any"},
    "success": ["errMsg", "confirm", "cancel"],
    "promise": "without-callbacks",
    "errors": {
      "internal-error": {}
    }
  },
  "showShareMenu": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "errors": {
      "internal-error": {"message": "internal error"}
    }
  },
  "showToast": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"title": "string", "icon": "any", "duration": "any"},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "errors": {
      "bad-parameter": {},
      "internal-error": {}
    }
  },
  "startAccelerometer": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "errors": {
      "sensor-disabled": {"message": "sensor disable"},
      "sensor-unsupported": {"message": "The current device does not support accelerometers"},
      "sensor-running": {"message": "The accelerometer is running"},
      "bad-parameter": {"message": "invalid param"},
      "internal-error": {"message": "internal error"}
    }
  },
  "startGyroscope": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"interval": "number"},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "errors": {}
  },
  "stat": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"path": "string", "recursive": "boolean"},
    "success": ["errMsg", "stat", "stats"],
    "errors": {
      "bad-parameter": {"message": "invalid param"},
      "error-stack": {"message": "error stack"},
      "permission-denied": {"message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "internal-error": {"message": "internal error"}
    }
  },
  "statSync": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "errMsg",
    "params": {"path": "string", "recursive": "boolean"},
    "success": [],
    "errors": {
      "bad-parameter": {"message": "invalid param"},
      "error-stack": {"message": "error stack"},
      "permission-denied": {"message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "internal-error": {"message": "internal error"}
    }
  },
  "stopAccelerometer": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "errors": {}
  },
  "stopGyroscope": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "errors": {}
  },
  "triggerGC": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": [],
    "errors": {}
  },
  "unlink": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"filePath": "string"},
    "success": ["errMsg"],
    "errors": {
      "bad-parameter": {"message": "invalid param"},
      "error-stack": {"message": "error stack"},
      "permission-denied": {"message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "operation-not-permitted": {"message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "internal-error": {"message": "internal error"}
    }
  },
  "unlinkSync": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "errMsg",
    "params": {"filePath": "string"},
    "success": [],
    "errors": {
      "bad-parameter": {"message": "invalid param"},
      "error-stack": {"message": "error stack"},
      "permission-denied": {"message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "operation-not-permitted": {"message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "internal-error": {"message": "internal error"}
    }
  },
  "updateKeyboard": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"value": "string"},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "errors": {
      "framework-error": {"message": "internal error"},
      "internal-error": {"message": "internal error"},
      "bad-parameter": {"message": "invalid param"}
    }
  },
  "updateShareMenu": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "errors": {}
  },
  "uploadFile": {
    "since": "0.0.0", "sync": false, "leaves": true, "domains": ["main"], "failure": "errMsg",
    "params": {"url": "string", "filePath": "string", "name": "string", "header": "object", "formData": "object", "timeout": "number", "enableProfile": "boolean"},
    "success": ["errMsg", "statusCode", "data", "profile"],
    "limits": {"at_once": 5, "file": 10485760},
    "errors": {
      "invalid-domain": {"message": "url is not valid domain"},
      "network-unavailable": {"message": "network unavailable"},
      "timed-out": {"message": "timeout"},
      "aborted": {"message": "abort"},
      "file-too-large": {},
      "no-such-file": {"message": "no such file or directory, $filePath", "detail": "text"},
      "bad-parameter": {"message": "invalid param"}
    }
  },
  "vibrateLong": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "errors": {
      "internal-error": {"message": "internal error"}
    }
  },
  "vibrateShort": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg"],
    "promise": "without-callbacks",
    "errors": {
      "internal-error": {"message": "internal error"}
    }
  },
  "writeFile": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"filePath": "string", "data": "any", "encoding": "string"},
    "success": ["errMsg"],
    "limits": {"user_folder": 209715200},
    "errors": {
      "bad-parameter": {"message": "invalid param"},
      "error-stack": {"message": "error stack"},
      "permission-denied": {"message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "user-folder-full": {"message": "user dir saved file size limit exceeded"},
      "internal-error": {"message": "internal error"}
    }
  },
  "writeFileSync": {
    "memberOf": "FileSystemManager",
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "errMsg",
    "params": {"filePath": "string", "data": "any", "encoding": "string"},
    "success": [],
    "limits": {"user_folder": 209715200},
    "errors": {
      "bad-parameter": {"message": "invalid param"},
      "error-stack": {"message": "error stack"},
      "permission-denied": {"message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "user-folder-full": {"message": "user dir saved file size limit exceeded"},
      "internal-error": {"message": "internal error"}
    }
  }
};
