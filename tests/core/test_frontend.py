"""The front-end build: nothing is served that is not ours to serve, and nothing that asks another address."""

import json
import re

import pytest
from django.conf import settings

from ims.core import frontend

ROOT = settings.BASE_DIR
REMAINS = [
    '.a{--font:"GDS Transport"}',
    ".a{background:url(/assets/images/new.svg)}",
    ".a{background:url(new.svg)}",
    ".govuk-crest{color:red}",
    ".a{top:0}@font-face",
    "a/*# sourceMappingURL=a.map",
]


@pytest.fixture
def package(tmp_path):
    """A package that holds everything that must not be served."""
    built = tmp_path / "package" / "dist" / "govuk"
    built.mkdir(parents=True)
    (tmp_path / "package" / "package.json").write_text('{"version": "9.9.9"}')
    (built / "govuk-frontend.min.css").write_text(
        '@charset "UTF-8";.a{color:red}/*! Copyright of the font */'
        "@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2)}"
        ".b{font-family:GDS Transport,arial,sans-serif;margin:0}"
        "@media all{.x__copyright-logo:before{background:url(/assets/images/govuk-crest.svg)}.c{top:0}}"
        ".x__crown{margin:0}\n/*# sourceMappingURL=govuk-frontend.min.css.map */\n"
    )
    (built / "govuk-frontend.min.js").write_text(
        "export{initAll};//# sourceMappingURL=govuk-frontend.min.js.map\n"
    )
    return tmp_path / "package"


def test_what_is_not_ours_is_taken_out_and_the_rest_stays(package, tmp_path):
    frontend.build(package, tmp_path / "vendor")

    css = (tmp_path / "vendor" / "govuk-frontend.css").read_text()
    assert css.splitlines()[0] == (
        '@charset "UTF-8";.a{color:red}'
        '.b{font-family:system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;margin:0}'
        "@media all{.c{top:0}}"
    )
    assert (tmp_path / "vendor" / "govuk-frontend.min.js").read_text().startswith("export{initAll};\n")


def test_the_licence_of_the_package_travels_with_it(package, tmp_path):
    for path in frontend.build(package, tmp_path / "vendor"):
        assert "govuk-frontend 9.9.9" in path.read_text()
        assert "MIT licence. Copyright (c) 2017" in path.read_text()


def test_the_package_in_use_can_be_served(tmp_path):
    written = frontend.build(vendor=tmp_path)

    assert sorted(path.name for path in written) == sorted(frontend.SERVED)
    for path in written:
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            "GDS Transport|/assets/|crest|@font-face|url\\(|sourceMappingURL", text, re.IGNORECASE
        )
        assert len(text) > 40_000


def test_a_second_build_changes_nothing(package, tmp_path):
    first = frontend.build(package, tmp_path / "vendor")
    before = [path.stat().st_mtime_ns for path in first]

    assert frontend.build(package, tmp_path / "vendor") == []
    assert [path.stat().st_mtime_ns for path in first] == before


def test_a_file_that_somebody_changed_is_made_again(package, tmp_path):
    frontend.build(package, tmp_path)
    (tmp_path / "govuk-frontend.css").write_text("broken")

    assert frontend.build(package, tmp_path) == [tmp_path / "govuk-frontend.css"]


@pytest.mark.parametrize("remains", REMAINS)
def test_what_cannot_be_cleaned_away_stops_the_build(package, tmp_path, remains):
    css = package / "dist" / "govuk" / "govuk-frontend.min.css"
    css.write_text(css.read_text() + remains)

    with pytest.raises(frontend.NotClean):
        frontend.build(package, tmp_path / "vendor")
    assert not (tmp_path / "vendor").exists()


def test_without_the_package_the_build_says_how_to_get_it(tmp_path):
    with pytest.raises(frontend.NotInstalled, match="npm ci"):
        frontend.build(tmp_path / "nowhere", tmp_path / "vendor")


def test_our_own_style_sheets_and_scripts_ask_for_nothing_elsewhere():
    ours = [*(ROOT / "static/css").glob("*.css"), *(ROOT / "static/js").glob("*.js")]

    assert len(ours) >= 7
    assert [
        path.name for path in ours if re.search(r"https?:|url\(|@import|import\(", path.read_text())
    ] == []


def test_our_own_scripts_import_only_what_is_there():
    for script in (ROOT / "static/js").glob("*.js"):
        for name in re.findall(r'from "(.+?)"', script.read_text()):
            imported = (script.parent / name).resolve()
            assert imported.is_file() or imported.name in frontend.SERVED


def test_the_lock_files_name_no_host_and_trust_only_what_they_name():
    package_lock = (ROOT / "package-lock.json").read_text()
    npm_lock = (ROOT / "requirements-npm.lock").read_text()

    assert not re.search(r"resolved|https?:", package_lock)
    assert not re.search(r"https?:|index-url", npm_lock)
    packages = [one for name, one in json.loads(package_lock)["packages"].items() if name]
    assert len(packages) >= 2
    assert all(one["integrity"].startswith("sha512-") for one in packages)
    assert len(re.findall(r"^\S+==\S+ \\\n    --hash=sha256:", npm_lock, re.MULTILINE)) == npm_lock.count(
        "=="
    )
