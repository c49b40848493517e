"""Firefox as Debian ships it, driven over WebDriver BiDi: the browser's own protocol, no driver program between.

Just what the tests of the page need. Every request, every console message and every policy violation is kept, so
that a test can demand that there were none.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

PATIENCE_S = 30.0
PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.download.alwaysOpenPanel": False,
    "browser.download.folderList": 2,
    "browser.newtabpage.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.security.https_first": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "services.settings.server": "data:,",
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}
KEYS = {
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Escape": "\ue00c",
    "Space": " ",
    "ArrowLeft": "\ue012",
    "ArrowUp": "\ue013",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
    "Shift": "\ue008",
}


WATCH = """() => {
  document.addEventListener("securitypolicyviolation", event => {
    console.error("stopped by the policy: " + event.violatedDirective + " " + event.blockedURI);
  });
}"""


class ScriptError(AssertionError):
    """A script of the test failed inside the page."""


class Firefox:
    """One running browser.

    Attributes
    ----------
    saved : Path
        Where it keeps what pages let readers save.
    """

    def __init__(self, socket: ClientConnection, saved: Path) -> None:
        self.saved = saved
        self._socket = socket
        self._last = 0
        self._events: list[dict[str, Any]] = []
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self.ask("script.addPreloadScript", functionDeclaration=WATCH)

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Send one command and wait for its answer; events that arrive meanwhile are kept."""
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv(timeout=PATIENCE_S))
            if answer.get("type") == "event":
                self._events.append(answer)
            elif answer.get("id") == self._last:
                if answer["type"] == "error":
                    raise ScriptError(f"{method}: {answer['error']}: {answer['message']}")
                result: dict[str, Any] = answer["result"]
                return result

    @contextmanager
    def opened(
        self, path: Path, *, width: int = 1366, height: int = 820, fragment: str = "", ready: bool = True
    ) -> Iterator[FirefoxPage]:
        """Open a file in a tab of its own; at the end, nothing may have gone wrong and nothing may have left it."""
        context = self.ask("browsingContext.create", type="tab")["context"]
        try:
            page = FirefoxPage(self, context)
            self.ask("browsingContext.setViewport", context=context, viewport={"width": width, "height": height})
            self._events.clear()
            self.ask("browsingContext.navigate", context=context, url=path.as_uri() + fragment, wait="complete")
            if ready:
                page.wait("document.documentElement.hasAttribute('data-ready')")
            yield page
            trouble = self.trouble(path)
            assert trouble == [], trouble
        finally:
            self.ask("browsingContext.close", context=context)

    def trouble(self, path: Path) -> list[str]:
        """Return what was asked of the network, said on the console or stopped by the page's policy."""
        self.ask("session.status")
        found = []
        for event in self._events:
            params = event["params"]
            if event["method"] == "log.entryAdded":
                if params["level"] in ("warn", "error"):
                    found.append(params["text"])
            else:
                url = params["request"]["url"]
                if not url.startswith(("data:", "blob:")) and url.split("#", maxsplit=1)[0] != path.as_uri():
                    found.append(url)
        return found


class FirefoxPage:
    """One tab."""

    def __init__(self, browser: Firefox, context: str) -> None:
        self._browser = browser
        self._context = context

    def evaluate(self, expression: str) -> Any:
        """Return the JSON value of an expression; promises are waited for."""
        wrapped = f"(async () => JSON.stringify(await ({expression})) ?? 'null')()"
        answer = self._browser.ask(
            "script.evaluate",
            expression=wrapped,
            target={"context": self._context},
            awaitPromise=True,
            userActivation=True,
        )
        if answer["type"] == "exception":
            raise ScriptError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def run(self, source: str) -> None:
        """Run the source of a program, such as a test engine, in the page."""
        answer = self._browser.ask(
            "script.evaluate", expression=f"{source};0", target={"context": self._context}, awaitPromise=False
        )
        if answer["type"] == "exception":
            raise ScriptError(answer["exceptionDetails"]["text"])

    def wait(self, condition: str) -> None:
        """Wait until an expression holds."""
        end = time.monotonic() + PATIENCE_S
        while not self.evaluate(condition):
            if time.monotonic() > end:
                raise ScriptError(f"never came: {condition}")
            time.sleep(0.02)

    def press(self, *keys: str) -> None:
        """Press keys one after the other; ``Shift+Tab`` holds the first one."""
        actions = []
        for key in keys:
            held, _, last = ("", "", key) if len(key) == 1 else key.rpartition("+")
            values = [KEYS.get(each, each) for each in ([held] if held else []) + [last]]
            actions += [{"type": "keyDown", "value": value} for value in values]
            actions += [{"type": "keyUp", "value": value} for value in reversed(values)]
        self._browser.ask(
            "input.performActions",
            context=self._context,
            actions=[{"type": "key", "id": "keyboard", "actions": actions}],
        )

    def click(self, selector: str) -> None:
        """Click the middle of the first element that a selector finds."""
        box = self.evaluate(
            f"(() => {{ const n = document.querySelector({json.dumps(selector)});"
            " n.scrollIntoView({block: 'center'});"
            " const r = n.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        x, y = map(round, box)
        self._browser.ask(
            "input.performActions",
            context=self._context,
            actions=[
                {
                    "type": "pointer",
                    "id": "mouse",
                    "actions": [
                        {"type": "pointerMove", "x": x, "y": y},
                        {"type": "pointerDown", "button": 0},
                        {"type": "pointerUp", "button": 0},
                    ],
                }
            ],
        )

    def screenshot(self) -> bytes:
        """Return what the window shows, as PNG."""
        return base64.b64decode(self._browser.ask("browsingContext.captureScreenshot", context=self._context)["data"])


@contextmanager
def running(program: str) -> Iterator[Firefox]:
    """Start a browser with an empty profile and end it."""
    folder = Path(tempfile.mkdtemp(prefix="geoinc-firefox-"))
    saved = folder / "saved"
    saved.mkdir()
    preferences = PREFERENCES | {"browser.download.dir": str(saved)}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in preferences.items()]
    (folder / "user.js").write_text("\n".join(lines) + "\n", encoding="utf-8")
    process = subprocess.Popen(
        [program, "--headless", "--no-remote", "--remote-debugging-port=0", "--profile", str(folder), "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={"HOME": str(folder), "MOZ_CRASHREPORTER_DISABLE": "1", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
    )
    try:
        assert process.stderr is not None
        address = next(
            (line.rsplit(" ", 1)[-1].strip() for line in process.stderr if "WebDriver BiDi listening on" in line), None
        )
        if address is None:
            raise ScriptError("Firefox ended before it listened")
        with connect(f"{address}/session", max_size=None, open_timeout=PATIENCE_S) as socket:
            yield Firefox(socket, saved)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_S)
        if process.stderr is not None:
            process.stderr.close()
        shutil.rmtree(folder, ignore_errors=True)
