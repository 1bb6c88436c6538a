"""What the tests of the tester's page share."""

from collections.abc import Callable

from playwright.sync_api import Page

PAIR = {"KVDataList": [{"key": "score", "value": "1"}]}
HTML = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
ODD = "👨‍👩‍👧 مرحبا \u202eevil"

Open = Callable[..., Page]
"""Opens a view of the page in the test's world, and waits until it is live."""
