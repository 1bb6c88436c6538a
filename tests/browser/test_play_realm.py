"""The realm of a package by the rules of the language that games have met. One page runs them all."""

import pytest
from playwright.sync_api import BrowserContext

from browser.playing import played, write_package

# ruff: noqa: E501  # what is JavaScript

# Each is a module's body, which returns whether the rule holds.
RULES = {
    "what a browser adds is not there": """
        return [typeof window, typeof document, typeof navigator, typeof location, typeof localStorage, typeof XMLHttpRequest,
          typeof WebSocket, typeof Image, typeof Audio, typeof HTMLElement, typeof Event, typeof fetch, typeof Worker,
          typeof screen, typeof innerWidth, typeof devicePixelRatio, typeof addEventListener, typeof dispatchEvent, typeof top,
          typeof parent, typeof history, typeof indexedDB, typeof alert, typeof open, typeof name, typeof event,
          typeof WebAssembly, typeof Blob, typeof URL, typeof createTT, typeof chrome,
        ].every((type) => type === 'undefined')""",
    "nor is it a member of GameGlobal": """
        return ['window', 'document', 'navigator', 'location', 'localStorage', 'fetch', 'top', 'addEventListener', 'onerror']
          .every((name) => !(name in GameGlobal) && GameGlobal[name] === undefined && !Object.keys(GameGlobal).includes(name)
            && Object.getOwnPropertyDescriptor(GameGlobal, name) === undefined && !GameGlobal.hasOwnProperty(name))""",
    "the language is there, also as members": """
        return ['Object', 'Array', 'Float32Array', 'Symbol', 'Promise', 'Map', 'Proxy', 'Reflect', 'Math', 'JSON', 'Date', 'RegExp',
          'Error', 'parseInt', 'isNaN', 'encodeURIComponent', 'NaN', 'Infinity', 'eval', 'BigInt', 'WeakMap', 'DataView', 'Intl']
          .every((name) => name in GameGlobal && (GameGlobal[name] === eval(name) || name === 'NaN'))""",
    "and so is the host": """
        return ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'requestAnimationFrame', 'cancelAnimationFrame',
          'requirePlugin', 'WebGLRenderingContext', 'WebGL2RenderingContext', 'CanvasRenderingContext2D']
          .every((name) => typeof GameGlobal[name] === 'function' && GameGlobal[name] === eval(name))
          && typeof console.log === 'function' && performance.now() > 0 && typeof tt === 'object' && GameGlobal.tt === tt
          && typeof sharedCanvas === 'object' && typeof GameGlobal.require === 'function'""",
    "the global has all its names": """
        return GameGlobal === globalThis && GameGlobal === global && GameGlobal === self && GameGlobal.GameGlobal === GameGlobal""",
    "this at the top is the global": "return top_this === GameGlobal",
    "libraries find it in their ways": """
        return new Function('return this')() === GameGlobal && Function('return this;')() === GameGlobal
          && (function () {}).constructor('return this')() === GameGlobal && new Function('a', 'b', 'return a + b')(1, 2) === 3
          && Function instanceof Function && (() => {}) instanceof Function""",
    "a member is a free name": "GameGlobal.m1 = 5; return m1 === 5 && typeof m1 === 'number'",
    "a free name is a member": "m2 = 6; return GameGlobal.m2 === 6 && 'm2' in GameGlobal && Object.keys(GameGlobal).includes('m2')",
    "a name of the browser's can be assigned": """
        navigator = { language: 'zh' }; localStorage = 1; fetch = null; location = { href: 'x' }; document = { body: 1 };
        const found = GameGlobal.navigator.language === 'zh' && GameGlobal.localStorage === 1 && GameGlobal.fetch === null
          && GameGlobal.location.href === 'x' && 'document' in GameGlobal && GameGlobal.document.body === 1;
        delete GameGlobal.navigator; delete GameGlobal.localStorage; delete GameGlobal.fetch; delete GameGlobal.location;
        delete GameGlobal.document;
        return found && typeof navigator === 'undefined' && typeof document === 'undefined' && !('location' in GameGlobal)""",
    "window is made by the package": """
        GameGlobal.window = GameGlobal;
        const found = window === GameGlobal && window.window === window && window.setTimeout === setTimeout && typeof window === 'object';
        window.w1 = 1;
        const more = w1 === 1; window = undefined;
        return found && more && typeof window === 'undefined' && !('window' in GameGlobal)""",
    "a member can be defined": """
        Object.defineProperty(GameGlobal, 'd1', { value: 3, configurable: true });
        Object.defineProperty(GameGlobal, 'd2', { get: () => 4, enumerable: true, configurable: true });
        return d1 === 3 && d2 === 4 && !Object.keys(GameGlobal).includes('d1') && Object.keys(GameGlobal).includes('d2')
          && Object.getOwnPropertyDescriptor(GameGlobal, 'd1').writable === false""",
    "one that shall stay stays": """
        Object.defineProperty(GameGlobal, 'd3', { value: 1, configurable: false, writable: false });
        let refused = false;
        try { (function () { 'use strict'; GameGlobal.d3 = 2; }()); } catch (error) { refused = error instanceof TypeError; }
        return refused && d3 === 1 && GameGlobal.d3 === 1 && !Object.getOwnPropertyDescriptor(GameGlobal, 'd3').configurable""",
    "also those of every window": """
        Object.defineProperty(GameGlobal, 'document', { value: { made: 1 }, configurable: true });
        const first = document.made === 1 && 'document' in GameGlobal;
        Object.defineProperty(GameGlobal, 'document', { get: () => ({ made: 2 }), configurable: true });
        const second = document.made === 2 && GameGlobal.document.made === 2;
        return first && second && delete GameGlobal.document && typeof document === 'undefined'""",
    "a function is not hoisted out of its module": "function h1() {} return GameGlobal.h1 === undefined && typeof h1 === 'function'",
    "var is the module's own": "var v1 = 1; return !('v1' in GameGlobal)",
    "let and const of two modules do not meet": "let canvas = 1; const window = 2; return canvas + window === 3",
    "a name that is not there throws": """
        try { return nothing_there; } catch (error) { return error instanceof ReferenceError && error.message === 'nothing_there is not defined'; }""",
    "strict code may not make a global": """
        'use strict';
        try { made_by_strict = 1; return false; } catch (error) { return error instanceof ReferenceError; }""",
    "sloppy code may": "made_by_sloppy = 1; return GameGlobal.made_by_sloppy === 1",
    "a direct eval sees the module": "let inner = 7; return eval('inner + 1') === 8 && eval('typeof window') === 'undefined'",
    "enumeration meets what was set": """
        GameGlobal.e1 = 1; const seen = []; for (const name in GameGlobal) seen.push(name);
        return seen.includes('e1') && seen.includes('GameGlobal') && !seen.includes('document') && new Set(seen).size === seen.length""",
    "Object.assign copies into it": "Object.assign(GameGlobal, { a1: 1, a2: 2 }); return a1 + a2 === 3",
    "a member named __proto__ harms nobody": """
        GameGlobal['constructor2'] = 1; const table = JSON.parse('{"__proto__": 1}'); Object.assign(GameGlobal, table);
        return typeof setTimeout === 'function' && typeof Object === 'function'""",
    "timers take any this": "return [GameGlobal.setTimeout(() => {}, 0), setTimeout.call(null, () => {}, 0)].every((id) => id > 0)",
    "instanceof knows what tt gives": """
        const canvas = tt.createCanvas(); const flat = tt.createCanvas().getContext('2d');
        return flat instanceof CanvasRenderingContext2D && canvas instanceof Object && [] instanceof Array
          && tt.getSystemInfoSync() instanceof Object""",
    "a class can be put in the place of one": "Image = class {}; const made = new Image() instanceof GameGlobal.Image; delete GameGlobal.Image; return made",
    "generators and async functions run": """
        function* two() { yield 1; yield 2; } let later = 0; (async () => { await null; later = 1; })();
        return [...two()].length === 2 && later === 0""",
    "Symbol.unscopables hides nothing": "GameGlobal[Symbol.unscopables] = { m3: true }; m3 = 1; return m3 === 1",
}


@pytest.fixture(scope="module")
def results(profile: BrowserContext, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    modules = {
        f"rules/{number}.js": f"const top_this = this;\nmodule.exports = function () {{ {body} }};"
        for number, body in enumerate(RULES.values())
    }
    game = "\n".join(
        f"try {{ results[{number}] = require('./rules/{number}.js')(); }}"
        f" catch (error) {{ results[{number}] = String(error.stack); }}"
        for number in range(len(RULES))
    )
    folder = write_package(
        tmp_path_factory.mktemp("realm"), {**modules, "game.js": f"results = {{}};\n{game}"}
    )
    with played(profile, folder) as package:
        page = package.open()
        page.wait_for_function(
            f"typeof results === 'object' && Object.keys(results).length === {len(RULES)}"
        )
        found = page.evaluate("results")
        page.close()
        assert package.errors == []
    return dict(zip(RULES, found.values(), strict=True))


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_holds(rule: str, results: dict[str, object]) -> None:
    assert results[rule] is True
