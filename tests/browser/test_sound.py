"""What a page's tt plays: decoded by a real browser, heard as its policy lets pages be heard."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from browser.package_site import WEB, Files, OpenPackage, package_site, says
from browser.site import Tab
from browser.sounds import mp3, wav
from tt_emulator.client import Client

SOUNDS: Files = {
    "half.wav": wav(0.5),
    "long.wav": wav(30),
    "half.mp3": mp3(0.5),
    "text.mp3": "no sound",
}
# Before tt.js: `loudness()` of all that is led to a destination, 0 where nothing is.
TAP = """
    let tap = null;
    const { connect } = AudioNode.prototype;
    AudioNode.prototype.connect = function (to, ...more) {
        if (to instanceof AudioDestinationNode) {
            tap = new AnalyserNode(to.context);
            connect.call(this, tap);
        }
        return connect.call(this, to, ...more);
    };
    function loudness() {
        if (tap === null) return 0;
        const samples = new Float32Array(tap.fftSize);
        tap.getFloatTimeDomainData(samples);
        return Math.max(...samples.map(Math.abs));
    }
"""
# `made(src, more)`: a sound whose events, each with what it was told, stand in its `heard`.
HEAR = """
    const EVENTS = ['Canplay', 'Play', 'Pause', 'Stop', 'Ended', 'TimeUpdate', 'Error', 'Waiting',
        'Seeking', 'Seeked'];
    function made(src, more) {
        const sound = tt.createInnerAudioContext();
        sound.heard = [];
        sound.values = {};
        for (const name of EVENTS) {
            sound[`on${name}`]((value) => { sound.heard.push(name); sound.values[name] = value; });
        }
        return Object.assign(sound, more, { src });
    }
    const until = (sound, name) => new Promise((done) => sound[`on${name}`](done));
"""
SCRIPTS = f"<script>{TAP}{HEAR}</script>"
IS_HEARD = "loudness() > 0.05"
IS_SILENT = "loudness() < 0.0001"


@pytest.fixture
def page(package: OpenPackage, complaints: list[str]) -> Iterator[Page]:
    """A page beside the sounds. Playwright's `evaluate` counts as a touch."""
    yield package(files=SOUNDS, before=SCRIPTS)
    assert [text for text in complaints if "404" not in text and "ERR_" not in text] == []


def play(page: Page, src: str = "long.wav", more: str = "{}") -> None:
    """As `sound`, until it is heard."""
    page.evaluate(f"{{ window.sound = made('{src}', {more}); sound.play(); }}")
    page.wait_for_function(IS_HEARD)


# ---- decoded, and heard --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["half.wav", "half.mp3"])
def test_a_sound_is_decoded_plays_and_ends(page: Page, name: str) -> None:
    seen = page.evaluate(
        """async (name) => {
            const sound = made(name);
            const before = [sound.duration, sound.buffered, sound.paused];
            await until(sound, 'Canplay');
            const ready = [sound.duration, sound.buffered, sound.currentTime, sound.paused];
            sound.play();
            const playing = sound.paused;
            await until(sound, 'TimeUpdate');
            const moved = sound.currentTime;
            await until(sound, 'Ended');
            return { before, ready, playing, moved, over: [sound.currentTime, sound.paused],
                heard: sound.heard.filter((event) => event !== 'TimeUpdate') };
        }""",
        name,
    )
    duration = seen["ready"][0]
    assert duration == pytest.approx(0.5, abs=0.05)
    assert seen["before"] == [0, 0, True]
    assert seen["ready"][1:] == [duration, 0, True]
    assert seen["playing"] is False
    assert 0 < seen["moved"] < duration
    assert seen["over"] == [pytest.approx(duration, abs=1e-6), True]
    assert seen["heard"] == ["Canplay", "Play", "Ended"]


def test_a_sound_is_heard_until_it_is_paused_stopped_or_destroyed(page: Page) -> None:
    play(page)
    for act in ("pause", "stop", "destroy"):
        page.evaluate(f"sound.{act}()")
        page.wait_for_function(IS_SILENT)
        page.evaluate("sound.play()")
        if act != "destroy":
            page.wait_for_function(IS_HEARD)
    assert page.evaluate("[loudness() < 0.0001, sound.duration, sound.paused]") == [True, 0, True]


def test_volume_and_loop_are_followed_while_it_plays(page: Page) -> None:
    play(page, "half.wav", "{ loop: true }")
    page.evaluate("{ sound.volume = 0; }")
    page.wait_for_function(IS_SILENT)
    page.evaluate("{ sound.volume = 1; }")
    page.wait_for_function(IS_HEARD)
    page.wait_for_function("sound.heard.filter((event) => event === 'TimeUpdate').length > 4")
    assert page.evaluate("[sound.heard.includes('Ended'), sound.currentTime < 0.5]") == [
        False,
        True,
    ]
    page.evaluate("{ sound.loop = false; }")
    page.wait_for_function("sound.heard.includes('Ended')")
    page.wait_for_function(IS_SILENT)


def test_a_sound_goes_on_at_the_place_that_is_sought(page: Page) -> None:
    play(page)
    page.evaluate("sound.seek(29.9)")
    page.wait_for_function("sound.heard.includes('Ended')")
    received = page.evaluate("sound.heard.filter((event) => event !== 'TimeUpdate')")
    assert received[-3:] == ["Seeking", "Seeked", "Ended"]


def test_a_hundred_sounds_play_at_once(page: Page) -> None:
    ended = """Promise.all(Array.from({ length: 100 }, (_, at) => {
        const sound = made('half.wav?' + at, { autoplay: true });
        return until(sound, 'Ended').then(() => sound.heard.includes('Play'));
    }))"""
    assert page.evaluate(ended) == [True] * 100


# ---- before the page is touched ------------------------------------------------------------------

UNTOUCHED = """
    const tell = (value) => console.log('seen: ' + JSON.stringify(value));
    addEventListener('unhandledrejection', () => tell('rejected'));
    const song = made('long.wav', { loop: true });
    song.onCanplay(() => song.play());
    const effect = made('half.wav');
    effect.play();
    effect.onEnded(() => tell([navigator.userActivation.hasBeenActive, tap === null,
        effect.heard.filter((event) => event !== 'TimeUpdate'), song.heard.slice(0, 2),
        song.currentTime > 0]));
"""


def test_what_plays_before_the_first_touch_is_heard_from_then_on(
    package: OpenPackage, profile: BrowserContext, world: Client, complaints: list[str]
) -> None:
    index = (
        f'<!doctype html><link rel="icon" href="data:,">{SCRIPTS}'
        f'<script src="{world.url}/tt.js"></script><script>{UNTOUCHED}</script>'
    )
    with profile.expect_console_message(says("seen: ")) as logged:
        page = package(files={**SOUNDS, "": index})
    assert json.loads(logged.value.text.removeprefix("seen: ")) == [
        False,
        True,
        ["Waiting", "Canplay", "Play", "Ended"],
        ["Canplay", "Play"],
        True,
    ]
    page.mouse.click(9, 9)
    page.wait_for_function(IS_HEARD)
    assert complaints == []


# ---- what cannot be played -----------------------------------------------------------------------

UNPLAYABLE = {
    "none.mp3": (10002, "网络错误"),
    "http://127.0.0.1:2/a.mp3": (10002, "网络错误"),
    "ttfile://user/none.mp3": (10003, "文件错误"),
    "http://:bad:": (10003, "文件错误"),
    "text.mp3": (10004, "格式错误"),
    "data:audio/mpeg,": (10004, "格式错误"),
}


@pytest.mark.parametrize("src", UNPLAYABLE)
def test_what_cannot_be_played_is_told_by_its_documented_code(page: Page, src: str) -> None:
    code, message = UNPLAYABLE[src]
    with page.expect_console_message(says(f"errCode {code}")) as logged:
        seen = page.evaluate(
            """async (src) => {
                const sound = made(src, { autoplay: true });
                await until(sound, 'Error');
                sound.play();
                const waiting = sound.paused;
                await until(sound, 'Error');
                return [sound.values.Error, sound.heard, waiting, sound.paused, sound.duration];
            }""",
            src,
        )
    assert src in logged.value.text
    assert seen == [
        {"errCode": code, "errMsg": message},
        ["Error", "Waiting", "Error"],
        False,
        True,
        0,
    ]


def test_a_sound_that_failed_plays_when_it_is_given_another(page: Page) -> None:
    page.evaluate("{ window.sound = made('none.mp3'); }")
    page.wait_for_function("sound.heard.includes('Error')")
    page.evaluate("{ sound.src = 'half.wav'; sound.play(); }")
    page.wait_for_function("sound.heard.includes('Ended')")
    assert page.evaluate("sound.heard.filter((event) => event === 'Error').length") == 1


# ---- the game's own audio context, and the switch ------------------------------------------------

TONE = """
    const context = tt.getAudioContext();
    const source = context.createBufferSource();
    const bytes = await (await fetch('long.wav')).arrayBuffer();
    source.buffer = await context.decodeAudioData(bytes);
    source.connect(context.destination);
    source.start();
"""


def test_a_game_has_an_audio_context_of_the_browsers_own(page: Page) -> None:
    page.evaluate(f"(async () => {{ {TONE} }})()")
    page.wait_for_function(IS_HEARD)
    assert page.evaluate("tt.getAudioContext() instanceof AudioContext") is True
    assert page.evaluate("tt.getAudioContext() === tt.getAudioContext()") is True
    assert page.evaluate("tt.getAudioContext().destination.maxChannelCount") > 0
    page.evaluate("tt.getAudioContext().close()")
    assert page.evaluate("tt.getAudioContext().state") != "closed"


def test_the_switch_silences_all_that_plays_and_will_play(tab: Tab, world: Client) -> None:
    modules = {
        file.relative_to(WEB).as_posix(): file.read_text("utf-8")
        for file in WEB.glob("runtime/**/*.js")
    }
    own = '<script type=importmap>{"imports": {"#platform/": "./runtime/tt/"}}</script>'
    start = """
        import { soundMembers } from './runtime/inner-audio.js';
        import { speaker } from './runtime/speaker.js';
        window.tt = soundMembers({ say() {} });
        window.speaker = speaker;
    """
    index = f"<!doctype html>{own}{SCRIPTS}<script type=module>{start}</script>"
    with package_site(world.url, {**modules, **SOUNDS, "": index}) as url:
        page = tab(url)
        page.wait_for_function("window.speaker")
        play(page)
        page.evaluate("speaker.mute(true)")
        page.wait_for_function(IS_SILENT)
        page.evaluate(f"(async () => {{ {TONE} window.tone = context; }})()")
        at = page.evaluate("sound.currentTime")
        page.wait_for_function(f"sound.currentTime > {at} && tone.currentTime > 0.1")
        assert page.evaluate(IS_SILENT) is True
        page.evaluate("speaker.mute(false)")
        page.wait_for_function(IS_HEARD)
