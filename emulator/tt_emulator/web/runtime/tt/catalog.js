// What the platform's documentation says, one entry an API. Generated from the catalog.
export const CATALOG = {
  "access": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"path": "string"},
    "success": ["errMsg"],
    "errors": {
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $filePath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $filePath", "detail": "text"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "accessSync": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"path": "string"},
    "success": [],
    "errors": {
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $filePath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $filePath", "detail": "text"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "addShortcut": {
    "since": "2.46.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg"],
    "errors": {
      "not-supported": {"code": 10301, "message": "feature is not supported in app"},
      "system-refused": {"code": 21301, "message": "system auth deny"},
      "results-timed-out": {"code": 21302, "message": "get results timed out"},
      "shortcut-failed": {"code": 21303, "message": "add shortcut fail"},
      "update-refused": {"code": 21304, "message": "update deny"},
      "user-cancelled": {"code": 21305, "message": "user cancel"},
      "internal-error": {"code": 20000, "message": "internal error"},
      "gesture-missing": {"code": 21500, "message": "must be invoked by user gesture"}
    }
  },
  "appendFile": {
    "memberOf": "FileSystemManager",
    "since": "3.1.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"filePath": "string", "data": "any", "encoding": "string"},
    "success": ["errMsg"],
    "limits": {"user_folder": 209715200},
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $filePath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $filePath", "detail": "text"},
      "user-folder-full": {"code": 21103, "message": "user dir saved file size limit exceeded"},
      "operation-not-permitted": {"code": 21104, "message": "operation not permitted, appendFile $filePath", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "appendFileSync": {
    "memberOf": "FileSystemManager",
    "since": "3.1.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"filePath": "string", "data": "any", "encoding": "string"},
    "success": [],
    "limits": {"user_folder": 209715200},
    "errors": {
      "parameter-invalid": {"code": 20000, "message": "filePath is invalid"},
      "permission-denied": {"code": 21101, "message": "permission denied, appendFile $filePath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, appendFile $filePath", "detail": "text"},
      "user-folder-full": {"code": 21103, "message": "user dir saved file size limit exceeded"},
      "operation-not-permitted": {"code": 21104, "message": "operation not permitted, appendFile $filePath", "detail": "text"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "authorize": {
    "since": "1.3.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"scope": "string"},
    "success": ["errMsg", "data"],
    "errors": {
      "session-failure": {"message": "invalid session", "prefix": "authroize:"},
      "scope-refused": {},
      "bad-parameter": {"code": 20001, "message": "invalid param"}
    }
  },
  "canIUse": {
    "since": "1.35.0", "sync": true, "domains": ["main", "open"], "failure": "none",
    "params": {"schema": "string"},
    "success": [],
    "errors": {}
  },
  "checkScene": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg", "isExist"],
    "errors": {
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "checkSession": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg"],
    "errors": {
      "session-failure": {}
    }
  },
  "checkShortcut": {
    "since": "2.46.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg", "status"],
    "errors": {
      "not-supported": {"code": 10301, "message": "feature is not supported in app"},
      "shortcut-failed": {"code": 21101, "message": "check shortcut fail"},
      "internal-error": {"code": 20000, "message": "internal error"},
      "environment-error": {"code": 10402, "message": "context environment error"}
    }
  },
  "clearStorage": {
    "since": "0.0.0", "sync": false, "domains": ["main", "open"], "failure": "errNo",
    "params": {},
    "success": ["errMsg"],
    "errors": {
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "clearStorageSync": {
    "since": "0.0.0", "sync": true, "domains": ["main", "open"], "failure": "none",
    "params": {},
    "success": [],
    "errors": {}
  },
  "connectSocket": {
    "since": "1.0.0", "sync": false, "leaves": true, "domains": ["main"], "failure": "errNo",
    "params": {"url": "string", "header": "object", "protocols": "array<string>", "timeout": "number"},
    "success": ["errMsg", "socketTaskId"],
    "limits": {"at_once": 5},
    "errors": {
      "invalid-domain": {"message": "url is not valid domain"},
      "network-unavailable": {"message": "network unavailable"},
      "timed-out": {"message": "timeout"},
      "bad-parameter": {"code": 20001, "message": "invalid param"}
    }
  },
  "copyFile": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"srcPath": "string", "destPath": "string"},
    "success": ["errMsg"],
    "limits": {"user_folder": 209715200},
    "errors": {
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $srcPath -> $destPath", "detail": "text"},
      "operation-not-permitted": {"code": 21102, "message": "operation not permitted, $apiName $srcPath", "detail": "text"},
      "no-such-file": {"code": 21103, "message": "no such file or directory, $apiName $srcPath -> $destPath", "detail": "text"},
      "user-folder-full": {"code": 21104, "message": "user dir saved file size limit exceeded"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21105, "message": "operation failed"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "copyFileSync": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"srcPath": "string", "destPath": "string"},
    "success": [],
    "limits": {"user_folder": 209715200},
    "errors": {
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $srcPath -> $destPath", "detail": "text"},
      "operation-not-permitted": {"code": 21102, "message": "operation not permitted, $apiName $srcPath", "detail": "text"},
      "no-such-file": {"code": 21103, "message": "no such file or directory, $apiName $srcPath -> $destPath", "detail": "text"},
      "user-folder-full": {"code": 21104, "message": "user dir saved file size limit exceeded"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21105, "message": "operation failed"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "createInnerAudioContext": {
    "since": "1.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": [],
    "errors": {}
  },
  "downloadFile": {
    "since": "1.0.0", "sync": false, "leaves": true, "domains": ["main"], "failure": "errNo",
    "params": {"url": "string", "header": "object", "timeout": "number", "enableProfile": "boolean"},
    "success": ["errMsg", "tempFilePath", "statusCode", "profile"],
    "limits": {"at_once": 5, "file": 52428800},
    "errors": {
      "invalid-domain": {"message": "url is not valid domain"},
      "network-unavailable": {"message": "network unavailable"},
      "timed-out": {"message": "timeout"},
      "aborted": {"message": "abort"},
      "file-too-large": {},
      "bad-parameter": {"code": 20001, "message": "invalid param"}
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
  "getAudioContext": {
    "since": "1.34.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": [],
    "errors": {}
  },
  "getClipboardData": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg", "data"],
    "errors": {
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "getCloudStorageByRelation": {
    "since": "1.11.0", "sync": false, "domains": ["open"], "failure": "errorCode",
    "params": {"type": "string", "keyList": "array<string>", "extra": "object"},
    "success": ["errMsg", "data"],
    "limits": {"rows": 100},
    "errors": {
      "session-failure": {"code": 999998, "message": "get session id failed.", "type": "D"},
      "bad-parameter": {"code": 999999, "message": "type", "type": "D", "detail": "option"},
      "not-supported": {"code": 999987, "message": "feature is not supported in app", "type": "D"},
      "http-not-200": {"code": 999991, "message": "internal error/网络请求非200", "type": "F"},
      "network-unavailable": {"code": 999985, "message": "network unavailable", "type": "U"},
      "internal-error": {"code": 999993, "message": "internal error", "type": "F"}
    }
  },
  "getDeviceInfo": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": ["brand", "model", "platform", "system", "benchmarkLevel"],
    "errors": {}
  },
  "getEnvInfoSync": {
    "since": "2.21.0", "sync": true, "domains": ["main"], "failure": "errorCode",
    "params": {},
    "success": ["microapp", "common"],
    "errors": {
      "internal-error": {"code": 101192, "message": "native exception xxx", "type": "F"}
    }
  },
  "getFileInfo": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"filePath": "string"},
    "success": ["errMsg", "size"],
    "errors": {
      "internal-error": {"code": 20000, "message": "internal error"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $filePath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $filePath", "detail": "text"}
    }
  },
  "getImRankData": {
    "since": "2.70.0", "sync": false, "domains": ["open"], "failure": "errNo",
    "params": {"relationType": "string", "dataType": "number", "rankType": "string", "pageNum": "number", "pageSize": "number", "zoneId": "string"},
    "success": ["errMsg", "data"],
    "errors": {
      "capability-unsupported": {"code": 20000},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "session-failure": {"code": 21101, "message": "user not login"},
      "framework-error": {"code": 21102},
      "internal-error": {"code": 21103, "message": "internal error"},
      "too-many-zones": {"code": 21104, "message": "zone num exceeds limit"},
      "not-supported": {"code": 10301, "message": "feature is not supported in app xxx"},
      "host-logged-out": {"code": 10601, "message": "not login"}
    }
  },
  "getImRankList": {
    "since": "2.70.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"relationType": "string", "dataType": "number", "rankType": "string", "rankTitle": "string", "suffix": "string", "zoneId": "string"},
    "success": ["errMsg"],
    "errors": {
      "capability-unsupported": {"code": 20000},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "session-failure": {"code": 21101, "message": "user not login"},
      "framework-error": {"code": 21102},
      "internal-error": {"code": 21103},
      "too-many-zones": {"code": 21104, "message": "zone num exceeds limit"},
      "rank-list-showing": {"code": 21105, "message": "rank list is showing"},
      "not-supported": {"code": 10301, "message": "feature is not supported in app setRankData"},
      "host-logged-out": {"code": 10601, "message": "not login"}
    }
  },
  "getMenuButtonBoundingClientRect": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": ["width", "height", "top", "bottom", "right", "left"],
    "errors": {}
  },
  "getMenuButtonLayout": {
    "since": "1.25.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": ["width", "height", "top", "bottom", "right", "left"],
    "errors": {}
  },
  "getNetworkType": {
    "since": "1.0.0", "sync": false, "domains": ["main", "open"], "failure": "errNo",
    "params": {},
    "success": ["errMsg", "networkType"],
    "errors": {
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "getSavedFileList": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg", "fileList"],
    "errors": {
      "saved-list-failed": {"code": 21101, "message": "get saved file list fail"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "getSetting": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg", "authSetting"],
    "errors": {}
  },
  "getStorage": {
    "since": "0.0.0", "sync": false, "domains": ["main", "open"], "failure": "errNo",
    "params": {"key": "string"},
    "success": ["errMsg", "data"],
    "errors": {
      "internal-error": {"code": 20000, "message": "internal error"},
      "bad-parameter": {"code": 20001, "message": "invalid param"}
    }
  },
  "getStorageInfo": {
    "since": "0.0.0", "sync": false, "domains": ["main", "open"], "failure": "errNo",
    "params": {},
    "success": ["errMsg", "keys", "currentSize", "limitSize"],
    "errors": {
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "getStorageInfoSync": {
    "since": "0.0.0", "sync": true, "domains": ["main", "open"], "failure": "none",
    "params": {},
    "success": ["keys", "currentSize", "limitSize"],
    "errors": {}
  },
  "getStorageSync": {
    "since": "0.0.0", "sync": true, "domains": ["main", "open"], "failure": "none",
    "params": {"key": "string"},
    "success": [],
    "errors": {}
  },
  "getSystemInfo": {
    "since": "1.0.0", "sync": false, "domains": ["main", "open"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg", "system", "platform", "brand", "model", "version", "appName", "SDKVersion", "screenWidth", "screenHeight", "windowWidth", "windowHeight", "pixelRatio", "safeArea", "deviceScore", "language", "statusBarHeight"],
    "errors": {}
  },
  "getSystemInfoSync": {
    "since": "1.0.0", "sync": true, "domains": ["main", "open"], "failure": "none",
    "params": {},
    "success": ["system", "platform", "brand", "model", "version", "appName", "SDKVersion", "screenWidth", "screenHeight", "windowWidth", "windowHeight", "pixelRatio", "safeArea", "deviceScore", "language", "statusBarHeight"],
    "errors": {}
  },
  "getUserCloudStorage": {
    "since": "1.11.0", "sync": false, "domains": ["main", "open"], "failure": "errorCode",
    "params": {"keyList": "array<string>"},
    "success": ["errMsg", "KVDataList", "data"],
    "errors": {
      "session-failure": {"code": 999998, "message": "get session id failed.", "type": "D"},
      "bad-parameter": {"code": 999999, "message": "keyList", "type": "D", "detail": "option"},
      "not-supported": {"code": 999987, "message": "feature is not supported in app", "type": "D"},
      "http-not-200": {"code": 999991, "message": "internal error/网络请求非200", "type": "F"},
      "network-unavailable": {"code": 999985, "message": "network unavailable", "type": "U"},
      "internal-error": {"code": 999993, "message": "internal error", "type": "F"}
    }
  },
  "getUserInfo": {
    "since": "1.0.0", "sync": false, "domains": ["main", "open"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg", "userInfo", "rawData", "data"],
    "errors": {
      "session-failure": {}
    }
  },
  "getWindowInfo": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": ["pixelRatio", "screenWidth", "screenHeight", "windowWidth", "windowHeight", "statusBarHeight", "safeArea", "screenTop"],
    "errors": {}
  },
  "hideKeyboard": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg"],
    "errors": {
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "hideLoading": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg"],
    "errors": {
      "internal-error": {}
    }
  },
  "hideToast": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg"],
    "errors": {
      "internal-error": {}
    }
  },
  "loadFont": {
    "since": "1.23.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {"path": "string"},
    "success": [],
    "errors": {}
  },
  "loadSubpackage": {
    "since": "1.88.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"name": "string"},
    "success": ["errMsg"],
    "prefix": "loadSubpackage: ",
    "errors": {
      "internal-error": {},
      "bad-parameter": {}
    }
  },
  "login": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errorCode",
    "params": {"force": "boolean"},
    "success": ["errMsg", "code", "anonymousCode", "isLogin"],
    "errors": {
      "host-login-failed": {"code": 113001, "message": "host login fail", "type": "U"},
      "app-in-background": {"code": 113094, "message": "app in background", "type": "U"},
      "network-unavailable": {"message": "network unavailable"},
      "not-supported": {"message": "feature is not supported in app"},
      "service-error": {"message": "service error:${errMsg},errCode=${errNo}", "detail": "text"}
    }
  },
  "mkdir": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"dirPath": "string", "recursive": "boolean"},
    "success": ["errMsg"],
    "errors": {
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $filePath", "detail": "text"},
      "file-exists": {"code": 21102, "message": "file already exists, $apiName $filePath", "detail": "text"},
      "no-such-file": {"code": 21103, "message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21104, "message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "mkdirSync": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"dirPath": "string", "recursive": "boolean"},
    "success": [],
    "errors": {
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $filePath", "detail": "text"},
      "file-exists": {"code": 21102, "message": "file already exists, $apiName $filePath", "detail": "text"},
      "no-such-file": {"code": 21103, "message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21104, "message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "navigateToMiniProgram": {
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errorCode",
    "params": {"appId": "any", "path": "any", "extraData": "any", "envVersion": "any"},
    "success": ["errMsg"],
    "errors": {
      "unsupported-on-game": {"code": 21100, "message": "unSupport on game"},
      "not-in-list": {"code": 21102, "message": "appId %s is not in navigateToMiniProgramAppIdList", "detail": "text"},
      "user-cancelled": {"code": 10502, "message": "cancel"}
    }
  },
  "navigateToScene": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg"],
    "errors": {
      "nowhere-to-go": {},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "offNetworkStatusChange": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {"callback": "function"},
    "success": [],
    "errors": {}
  },
  "onNetworkStatusChange": {
    "since": "1.0.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"callback": "function"},
    "success": [],
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "readFile": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"filePath": "string", "encoding": "string"},
    "success": ["errMsg", "data"],
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $filePath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "readFileSync": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"filePath": "string", "encoding": "string"},
    "success": [],
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $filePath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "readdir": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"dirPath": "string"},
    "success": ["errMsg", "files"],
    "errors": {
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $filePath", "detail": "text"},
      "operation-not-permitted": {"code": 21102, "message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "no-such-file": {"code": 21103, "message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21104, "message": "*", "detail": "text"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "readdirSync": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"dirPath": "string"},
    "success": [],
    "errors": {
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $filePath", "detail": "text"},
      "operation-not-permitted": {"code": 21102, "message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "no-such-file": {"code": 21103, "message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21104, "message": "*", "detail": "text"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "removeSavedFile": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"filePath": "string"},
    "success": ["errMsg"],
    "errors": {
      "internal-error": {"code": 20000, "message": "internal error"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $filePath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "operation-not-permitted": {"code": 21103, "message": "operation not permitted, $apiName $filePath", "detail": "text"}
    }
  },
  "removeStorage": {
    "since": "0.0.0", "sync": false, "domains": ["main", "open"], "failure": "errNo",
    "params": {"key": "string"},
    "success": ["errMsg"],
    "errors": {
      "internal-error": {"code": 20000, "message": "internal error"},
      "bad-parameter": {"code": 20001, "message": "invalid param"}
    }
  },
  "removeStorageSync": {
    "since": "0.0.0", "sync": true, "domains": ["main", "open"], "failure": "none",
    "params": {"key": "string"},
    "success": [],
    "errors": {}
  },
  "removeUserCloudStorage": {
    "since": "1.11.0", "sync": false, "domains": ["main", "open"], "failure": "errorCode",
    "params": {"keyList": "array<string>"},
    "success": ["errMsg"],
    "errors": {
      "session-failure": {"code": 999998, "message": "get session id failed.", "type": "D"},
      "bad-parameter": {"code": 999999, "message": "keyList", "type": "D", "detail": "option"},
      "not-supported": {"code": 999987, "message": "feature is not supported in app", "type": "D"},
      "http-not-200": {"code": 999991, "message": "internal error/网络请求非200", "type": "F"},
      "network-unavailable": {"code": 999985, "message": "network unavailable", "type": "U"},
      "internal-error": {"code": 999993, "message": "internal error", "type": "F"}
    }
  },
  "rename": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"oldPath": "string", "newPath": "string"},
    "success": ["errMsg"],
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $oldPath -> $newPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $oldPath -> $newPath", "detail": "text"},
      "operation-not-permitted": {"code": 21103, "message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "user-folder-full": {"code": 21104, "message": "user dir saved file size limit exceeded"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21105, "message": "operation failed"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "renameSync": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"oldPath": "string", "newPath": "string"},
    "success": [],
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $oldPath -> $newPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $oldPath -> $newPath", "detail": "text"},
      "operation-not-permitted": {"code": 21103, "message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "user-folder-full": {"code": 21104, "message": "user dir saved file size limit exceeded"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21105, "message": "operation failed"},
      "internal-error": {"code": 20000, "message": "internal error"}
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
    "since": "1.0.0", "sync": false, "leaves": true, "domains": ["main"], "failure": "errNo",
    "params": {"url": "string", "header": "object", "method": "string", "data": "any", "dataType": "string", "responseType": "string", "timeout": "number", "redirect": "string", "enableCache": "boolean", "enableProfile": "boolean"},
    "success": ["errMsg", "statusCode", "header", "data", "profile"],
    "limits": {"at_once": 15},
    "errors": {
      "invalid-domain": {"message": "url is not valid domain"},
      "network-unavailable": {"message": "network unavailable"},
      "timed-out": {"message": "timeout"},
      "aborted": {"message": "abort"},
      "bad-parameter": {"code": 20001, "message": "invalid param"}
    }
  },
  "requestSubscribeMessage": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg"],
    "errors": {
      "internal-error": {}
    }
  },
  "rmdir": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"dirPath": "string", "recursive": "boolean"},
    "success": ["errMsg"],
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "folder-not-empty": {"code": 21103, "message": "directory not empty"},
      "operation-not-permitted": {"code": 21105, "message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21104, "message": "remove path"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "rmdirSync": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"dirPath": "string", "recursive": "boolean"},
    "success": [],
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "folder-not-empty": {"code": 21103, "message": "directory not empty"},
      "operation-not-permitted": {"code": 21105, "message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21104, "message": "remove path"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "saveFile": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"tempFilePath": "string", "filePath": "string"},
    "success": ["errMsg", "savedFilePath"],
    "limits": {"user_folder": 209715200},
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "user-folder-full": {"code": 21103, "message": "user dir saved file size limit exceeded"},
      "operation-not-permitted": {"code": 21105, "message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21104, "message": "operation failed"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "saveFileSync": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"tempFilePath": "string", "filePath": "string"},
    "success": [],
    "limits": {"user_folder": 209715200},
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "user-folder-full": {"code": 21103, "message": "user dir saved file size limit exceeded"},
      "operation-not-permitted": {"code": 21105, "message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21104, "message": "operation failed"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "setClipboardData": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"data": "string"},
    "success": ["errMsg"],
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "setDeviceOrientation": {
    "since": "3.66.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"value": "string"},
    "success": ["errMsg"],
    "errors": {
      "framework-error": {"code": 10401, "message": "internal error"},
      "orientation-in-live": {"code": 21100, "message": "setDeviceOrientation: can't set device orientation in live"},
      "orientation-in-x-screen": {"code": 21101, "message": "setDeviceOrientation: can't set device orientation in x screen"},
      "bad-parameter": {"code": 20001, "message": "invalid param"}
    }
  },
  "setImRankData": {
    "since": "2.70.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"dataType": "number", "value": "string", "priority": "number", "zoneId": "string", "extra": "string"},
    "success": ["errMsg"],
    "limits": {"extra": 128, "zones": 10},
    "errors": {
      "capability-unsupported": {"code": 20000},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "session-failure": {"code": 21101, "message": "user not login"},
      "framework-error": {"code": 21102},
      "internal-error": {"code": 21103},
      "too-many-zones": {"code": 21104, "message": "zone num exceeds limit"},
      "not-supported": {"code": 10301, "message": "feature is not supported in app setRankData"},
      "host-logged-out": {"code": 10601, "message": "not login"}
    }
  },
  "setImRankDataInOpenContext": {
    "since": "2.74.0", "sync": false, "domains": ["open"], "failure": "errNo",
    "params": {"dataType": "number", "value": "string", "priority": "number", "zoneId": "string", "extra": "string"},
    "success": ["errMsg"],
    "limits": {"extra": 128, "zones": 10},
    "errors": {
      "capability-unsupported": {"code": 20000},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "session-failure": {"code": 21101, "message": "user not login"},
      "framework-error": {"code": 21102},
      "internal-error": {"code": 21103},
      "too-many-zones": {"code": 21104, "message": "zone num exceeds limit"},
      "not-supported": {"code": 10301, "message": "feature is not supported in app setRankData"},
      "host-logged-out": {"code": 10601, "message": "not login"}
    }
  },
  "setPreferredFramesPerSecond": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {"fps": "number"},
    "success": [],
    "errors": {}
  },
  "setStorage": {
    "since": "1.0.0", "sync": false, "domains": ["main", "open"], "failure": "errNo",
    "params": {"key": "string", "data": "any"},
    "success": ["errMsg"],
    "limits": {"item": 1048576, "total": 10485760},
    "errors": {
      "item-too-large": {"code": 21101, "message": "exceed storage item max length"},
      "storage-full": {"code": 21102, "message": "exceed storage max size %sMb", "detail": "text"},
      "internal-error": {"code": 21103, "message": "set storage fail"},
      "bad-parameter": {"code": 20001, "message": "invalid param"}
    }
  },
  "setStorageSync": {
    "since": "0.0.0", "sync": true, "domains": ["main", "open"], "failure": "none",
    "params": {"key": "string", "data": "any"},
    "success": [],
    "errors": {}
  },
  "setUserCloudStorage": {
    "since": "1.11.0", "sync": false, "domains": ["main", "open"], "failure": "errorCode",
    "params": {"KVDataList": "array<KVData>"},
    "success": ["errMsg"],
    "limits": {"key": 128, "key_and_value": 1024, "pairs_per_player": 128},
    "errors": {
      "session-failure": {"code": 999998, "message": "get session id failed.", "type": "D"},
      "bad-parameter": {"code": 999999, "message": "KVDataList", "type": "D", "detail": "option"},
      "not-supported": {"code": 999987, "message": "feature is not supported in app", "type": "D"},
      "server-error": {"code": 108002, "message": "*", "type": "F", "detail": "text"},
      "bad-response": {"code": 108001, "message": "response json has error", "type": "F"},
      "http-not-200": {"code": 999991, "message": "internal error/网络请求非200", "type": "F"},
      "network-unavailable": {"code": 999985, "message": "network unavailable", "type": "U"},
      "internal-error": {"code": 999993, "message": "internal error", "type": "F"}
    }
  },
  "setUserGroup": {
    "since": "0.0.0", "sync": false, "domains": ["main", "open"], "failure": "errorCode",
    "params": {"groupId": "string"},
    "success": ["errMsg"],
    "errors": {
      "session-failure": {"code": 999998, "message": "get session id failed.", "type": "D"},
      "bad-parameter": {"code": 999999, "message": "groupId", "type": "D", "detail": "option"},
      "not-supported": {"code": 999987, "message": "feature is not supported in app", "type": "D"},
      "http-not-200": {"code": 999991, "message": "internal error/网络请求非200", "type": "F"},
      "network-unavailable": {"code": 999985, "message": "network unavailable", "type": "U"},
      "internal-error": {"code": 999993, "message": "internal error", "type": "F"}
    }
  },
  "shareAppMessage": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"channel": "any", "title": "any", "desc": "any", "query": "any", "templateId": "any", "extra": "any"},
    "success": ["errMsg"],
    "errors": {
      "share-info-missing": {"message": "get shareInfo return null"},
      "gesture-missing": {"message": "must be invoked by user gesture"},
      "user-cancelled": {}
    }
  },
  "showActionSheet": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"itemList": "array<string>"},
    "success": ["errMsg", "tapIndex"],
    "errors": {
      "user-cancelled": {"message": "cancel"},
      "bad-parameter": {},
      "internal-error": {}
    }
  },
  "showKeyboard": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"defaultValue": "string", "maxLength": "number", "multiple": "boolean", "confirmHold": "boolean", "confirmType": "string"},
    "success": ["errMsg"],
    "errors": {
      "framework-error": {"code": 10401, "message": "internal error"},
      "internal-error": {"code": 20000, "message": "internal error"},
      "bad-parameter": {"code": 20001, "message": "invalid param"}
    }
  },
  "showLoading": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"title": "string"},
    "success": ["errMsg"],
    "errors": {
      "bad-parameter": {},
      "internal-error": {}
    }
  },
  "showModal": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"title": "any", "content": "any", "showCancel": "any", "cancelText": "any", "confirmText": "any"},
    "success": ["errMsg", "confirm", "cancel"],
    "errors": {
      "internal-error": {}
    }
  },
  "showShareMenu": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg"],
    "errors": {
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "showToast": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"title": "string", "icon": "any", "duration": "any"},
    "success": ["errMsg"],
    "errors": {
      "bad-parameter": {},
      "internal-error": {}
    }
  },
  "startAccelerometer": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg"],
    "errors": {
      "sensor-disabled": {"code": 21100, "message": "sensor disable"},
      "sensor-unsupported": {"code": 21000, "message": "The current device does not support accelerometers"},
      "sensor-running": {"code": 21000, "message": "The accelerometer is running"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "startGyroscope": {
    "since": "1.73.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"interval": "number"},
    "success": ["errMsg"],
    "errors": {}
  },
  "stat": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"path": "string", "recursive": "boolean"},
    "success": ["errMsg", "stat", "stats"],
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "statSync": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"path": "string", "recursive": "boolean"},
    "success": [],
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "stopAccelerometer": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg"],
    "errors": {}
  },
  "stopGyroscope": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg"],
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
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"filePath": "string"},
    "success": ["errMsg"],
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "operation-not-permitted": {"code": 21103, "message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "unlinkSync": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"filePath": "string"},
    "success": [],
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "operation-not-permitted": {"code": 21103, "message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "updateKeyboard": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"value": "string"},
    "success": ["errMsg"],
    "errors": {
      "framework-error": {"code": 10401, "message": "internal error"},
      "internal-error": {"code": 20000, "message": "internal error"},
      "bad-parameter": {"code": 20001, "message": "invalid param"}
    }
  },
  "updateShareMenu": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg"],
    "errors": {}
  },
  "uploadFile": {
    "since": "1.0.0", "sync": false, "leaves": true, "domains": ["main"], "failure": "errNo",
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
      "bad-parameter": {"code": 20001, "message": "invalid param"}
    }
  },
  "vibrateLong": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg"],
    "errors": {
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "vibrateShort": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg"],
    "errors": {
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "writeFile": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"filePath": "string", "data": "any", "encoding": "string"},
    "success": ["errMsg"],
    "limits": {"user_folder": 209715200},
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "user-folder-full": {"code": 21103, "message": "user dir saved file size limit exceeded"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "writeFileSync": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"filePath": "string", "data": "any", "encoding": "string"},
    "success": [],
    "limits": {"user_folder": 209715200},
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "user-folder-full": {"code": 21103, "message": "user dir saved file size limit exceeded"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  }
};
