"""Who may import whom: arrows go one way, and each heavy or special package has one door."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("screening", "control_lists")


def modules() -> Iterator[tuple[str, Path]]:
    yield "cli", ROOT / "cli.py"
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def users_of(package: str) -> set[str]:
    return {name for name, path in modules() if any(i == package or i.startswith(package + ".") for i in imports(path))}


def under(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def test_control_lists_do_not_know_screening_or_the_command_line() -> None:
    assert {n for n in users_of("screening") if under(n, "control_lists")} == set()
    assert users_of("cli") == set()


def test_the_matching_core_imports_nothing_of_ours() -> None:
    strange = {
        (name, i)
        for name, path in modules()
        if under(name, "screening.matching")
        for i in imports(path)
        if i.split(".")[0] in (*PACKAGES, "cli") and not under(i, "screening.matching")
    }
    assert strange == set()


def test_only_the_matching_core_imports_rapidfuzz() -> None:
    assert {n for n in users_of("rapidfuzz") if not under(n, "screening.matching")} == set()


def test_only_the_command_line_imports_click_and_rich() -> None:
    assert users_of("click") | users_of("rich") == {"cli"}


def test_only_the_case_store_imports_its_database_library() -> None:
    assert {n for n in users_of("sqlalchemy") if not under(n, "screening.review")} == set()


def test_only_the_workbench_imports_the_web_framework() -> None:
    web = {name for package in ("fastapi", "starlette", "uvicorn") for name in users_of(package)}
    assert {name for name in web if not under(name, "screening.serve")} == {"cli"}  # which starts it
    assert {name for name in users_of("screening.serve") if not under(name, "screening.serve")} == {"cli"}


def test_only_the_xlsx_writer_imports_xlsxwriter() -> None:
    assert users_of("xlsxwriter") == {"screening.write.xlsx"}


def test_the_extras_have_one_door_each() -> None:
    assert users_of("rdkit") == {"control_lists.families"}
    assert users_of("chemicals") == {"control_lists.chemical_index_build"}


def test_templates_and_pictures_have_one_door_each() -> None:
    assert users_of("jinja2") == {"screening.pages", "screening.serve.rendering"}
    assert users_of("vl_convert") == {"screening.report.charts"}


def test_only_the_spark_engine_knows_a_cluster() -> None:
    assert users_of("pyspark") | users_of("pyarrow") == {"screening.execute.spark"}


def test_importing_the_command_line_opens_no_heavy_package() -> None:
    tree = ast.parse((ROOT / "cli.py").read_text(encoding="utf-8"))
    top = {
        n
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for n in [getattr(node, "module", None) or node.names[0].name]
    }
    assert {n.split(".")[0] for n in top if n} & {"polars", "pydantic", "rich", "pint", "screening", "control_lists"} == set()


def test_a_goods_enquiry_and_the_help_load_no_compiler(tmp_path: Path) -> None:
    code = (
        "import sys, cli\nfrom click.testing import CliRunner\n"
        "for asked in (['--help'], ['goods', 'isostatic press']):\n    assert CliRunner().invoke(cli.main, asked).exit_code == 0\n"
        "sys.exit('numba' in sys.modules)"
    )
    environment = {**os.environ, "STC_HOME": str(tmp_path)}
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=False).returncode == 0
