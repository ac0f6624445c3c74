from tests.access.row import MANAGER, OFFICER, Row

ROWS = [
    Row("settings:index", MANAGER),
    *(
        Row(f"settings:{part}", MANAGER, post=422)
        for part in ("modules", "rules", "information", "uploads", "new_site")
    ),
    Row("settings:sites", MANAGER),
    Row("settings:change_site", MANAGER, post=422, of="site"),
    Row("settings:close_site", MANAGER, get=302, post=302, of="site"),
    Row("settings:reopen_site", MANAGER, get=302, post=302, of="site"),
    Row("packs:packs", MANAGER),
    Row("packs:new", MANAGER, post=422),
    Row("packs:bill", MANAGER, post=422, of="pack"),
    Row("packs:rename", MANAGER, post=422, of="pack"),
    Row("packs:close", MANAGER, get=302, post=302, of="pack"),
    Row("packs:usual", MANAGER, get=302, post=302, of="pack"),
    Row("packs:copy_settings", OFFICER, post=422, arguments={"code": "LIV0001"}),
]
