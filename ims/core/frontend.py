"""The front-end build: govuk-frontend as it may be served, written to static/vendor/ by `python -m ims.core.frontend`.

The stock CSS names a typeface licensed for GOV.UK alone, fetches it and carries the royal arms. None of these is
ours to use, and a page may ask no other address for anything. What cannot be cleaned away stops the build.
"""

import json
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "node_modules" / "govuk-frontend"
VENDOR = ROOT / "static" / "vendor"

SERVED = ("govuk-frontend.css", "govuk-frontend.min.js")

SYSTEM_FONTS = 'system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif'
FORBIDDEN = ["GDS Transport", "@font-face", "/assets/", "url(", "crest", "__crown", "sourceMappingURL"]

_COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
_FONT_FACES = re.compile(r"@font-face\s*\{[^}]*\}")
_ARMS = re.compile(r"[^{}]*(?:__crown|__copyright-logo)[^{}]*\{[^{}]*\}")
_FONT_STACK = re.compile(r"font-family:\s*[\"']?GDS Transport[\"']?[^;}]*")
_SOURCE_MAP = re.compile(r"(?://|/\*)# sourceMappingURL=\S+(?: \*/)?")


class NotInstalled(Exception):
    """govuk-frontend is not in node_modules."""


class NotClean(Exception):
    """Something that may not be served survived the cleaning: the package changed, and so must this file."""


def build(package: Path = PACKAGE, vendor: Path = VENDOR) -> list[Path]:
    """Write the cleaned CSS and JavaScript; return the files that changed. Raises NotInstalled, NotClean."""
    built = package / "dist" / "govuk"
    if not built.is_dir():
        raise NotInstalled("govuk-frontend is not installed. Run: npm ci")
    notice = _notice(package)
    css = cleaned_css((built / "govuk-frontend.min.css").read_text(encoding="utf-8")) + notice
    script = cleaned_script((built / "govuk-frontend.min.js").read_text(encoding="utf-8")) + notice
    made = zip(SERVED, (css, script), strict=True)
    return [vendor / name for name, text in made if _write(vendor / name, text)]


def cleaned_css(css: str) -> str:
    """The CSS in the reader's own font, without the arms, fetching nothing. Raises NotClean."""
    css = _COMMENTS.sub("", css)
    css = _FONT_FACES.sub("", css)
    css = _ARMS.sub("", css)
    css = _FONT_STACK.sub(f"font-family:{SYSTEM_FONTS}", css)
    return _checked(css)


def cleaned_script(script: str) -> str:
    """The script without its source map, whose absence would stop collectstatic. Raises NotClean."""
    return _checked(_SOURCE_MAP.sub("", script))


def _checked(text: str) -> str:
    found = [name for name in FORBIDDEN if name.lower() in text.lower()]
    if found:
        raise NotClean(f"after cleaning, govuk-frontend still holds: {', '.join(found)}")
    return text.strip() + "\n"


def _notice(package: Path) -> str:
    """The MIT licence asks that its notice travels with the code, and the minified files carry none.

    It goes last: a style sheet's @charset counts only as its very first bytes.
    """
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    return (
        f"/*! govuk-frontend {version}, cleaned for IMS. MIT licence. "
        "Copyright (c) 2017 Crown Copyright (Government Digital Service) */\n"
    )


def _write(path: Path, text: str) -> bool:
    """Put the text in place whole; False if it is there already."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)
    return True


def main() -> int:
    try:
        changed = build()
    except (NotInstalled, NotClean) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    for path in changed:
        sys.stdout.write(f"wrote {path.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
