# SPDX-License-Identifier: Apache-2.0
"""Files that want to hang, crash or be read from elsewhere: each is a fault with a sentence."""

import os
import sys
import threading
import time
from pathlib import Path

import pytest

from agentassist.intake import policy_folders
from agentassist.intake.policy_files import load_folders, load_texts
from tests.policy_samples import AUTHORITY, BREAKFAST, FACTS, FEE, files, good, load

DEEP = " . ".join("a" * 5_000)
DIGITS = "1" * 6_000


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 500 + "]" * 500,
        "x = " + "[" * 100_000,
        "x = " + "{a=" * 500 + "1" + "}" * 500,
        f"{DEEP} = 1",
        f"[{DEEP}]\nx = 1",
        f"[[test]]\nfacts = {{{DEEP} = 1}}",
        f"x = {DIGITS}",
        f"version = 0x{'f' * 6_000}",
        "x = 1e99999",
        "x = 2026-13-45",
        "id = 1\nid = 2",
        "[a]\nb = 1\n[a]\nb = 2",
        'x = "\\ud800"',
        "x = '''" + "'" * 200_000,
        'x = "' + "\\" * 100_000,
        "\x00",
        "[" * 200_000,
        "a" * 200_000,
        "=" * 200_000,
        "x = [" + "1," * 60_000 + "]",
        "\n" * 250_000,
    ],
    ids=range(21),
)
def test_whatever_a_file_holds_a_fault_comes_out_soon(text: str) -> None:
    began = time.perf_counter()
    loaded = load(evil=text)
    assert time.perf_counter() - began < 3
    assert loaded.bundle is None
    faults = [fault for fault in loaded.faults if fault.place.file == "evil.toml"]
    assert faults
    assert all(str(fault) for fault in faults)


@pytest.mark.parametrize(
    ("name", "text", "old", "new"),
    [
        ("fee", FEE, "within_hours = 1", f"within_hours = {'9' * 4_000}"),
        ("breakfast", BREAKFAST, "cost = 500", "cost = 0x" + "f" * 5_000),
        ("breakfast", BREAKFAST, '"hotel.hour" = 14', '"hotel.hour" = 0x' + "f" * 5_000),
        ("breakfast", BREAKFAST, '"hotel.hour" = 14', '"hotel.hour" = [0x' + "f" * 5_000 + "]"),
        ("breakfast", BREAKFAST, '"hotel.hour" = 14', '"hotel.hour" = nan'),
        ("breakfast", BREAKFAST, '"hotel.hour >= 12"', '"hotel.hour >= ' + "9" * 5_000 + '"'),
        ("breakfast", BREAKFAST, '"hotel.hour >= 12"', '"hotel.hour is' + " " * 200_000 + 'x y"'),
        ("breakfast", BREAKFAST, '"hotel.hour >= 12"', '"' + "a" * 200_000 + ' is 1"'),
        ("facts", FACTS, "max_age_minutes = 10", f"max_age_minutes = {10**17}"),
        ("facts", FACTS, "max = 23", f"max = {10**30}"),
        ("facts", FACTS, 'currency = "USD"', 'currency = "usd"'),
        ("authority", AUTHORITY, "per_action = 1500", "per_action = -1"),
        ("ranking", "need = 1.0\n", "1.0", "nan"),
        ("ranking", "need = 1.0\n", "1.0", "inf"),
        ("ranking", "rest_days = 30\n", "30", str(10**15)),
        ("ranking", "shown = 2\n", "2", "3"),
    ],
)
def test_numbers_beyond_all_bounds_are_faults(name: str, text: str, old: str, new: str) -> None:
    assert old in text
    began = time.perf_counter()
    loaded = load(**{name: text.replace(old, new, 1)})
    assert time.perf_counter() - began < 3
    assert loaded.bundle is None
    assert all(str(fault) for fault in loaded.faults)


def test_a_thousand_conditions_are_too_many_to_prove() -> None:
    began = time.perf_counter()
    many = ", ".join(f'"bank.fee is not {n}"' for n in range(1, 10_000, 2))
    faults = load(breakfast=BREAKFAST.replace('"hotel.hour >= 12"', f'"hotel.hour >= 12", {many}'))
    assert time.perf_counter() - began < 5
    assert "R20" in {fault.rule for fault in faults.faults}


def written(folder: Path) -> Path:
    for name, text in files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def sentences(folder: Path) -> list[str]:
    return [str(fault) for fault in load_folders([folder]).faults]


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = written(tmp_path / "policies")
    secret = tmp_path / "secret.toml"
    secret.write_text("key = 'a secret'\n", encoding="utf-8")
    (folder / "link.toml").symlink_to(secret)
    loaded = load_folders([folder])
    assert [str(fault) for fault in loaded.faults] == [
        "link.toml: This is a link that leads out of the folder: put the file itself here."
    ]
    assert "secret" not in str(loaded.files)


def test_a_link_inside_of_the_folder_is_a_file(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "hotel/breakfast.toml").rename(folder / "hotel/breakfast.txt")
    (folder / "hotel/breakfast.toml").symlink_to(folder / "hotel/breakfast.txt")
    assert sentences(folder) == []


def test_a_folder_that_is_a_link_may_be_named(tmp_path: Path) -> None:
    written(tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert sentences(tmp_path / "link") == []


def test_a_link_to_a_folder_above_is_not_walked_in_circles(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "hotel/again").symlink_to(folder)
    loaded = load_folders([folder])
    assert loaded.bundle is not None
    assert loaded.bundle.digest == good().digest


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    folder = written(tmp_path)
    os.mkfifo(folder / "pipe.toml")
    assert sentences(folder) == ["pipe.toml: This is no regular file: remove it."]


def test_a_broken_link_and_a_folder_called_like_a_file_are_told(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "gone.toml").symlink_to(folder / "nowhere")
    (folder / "folder.toml").mkdir()
    (fault,) = sentences(folder)
    assert fault.startswith("gone.toml: This file cannot be read: No such file")


def test_files_that_come_and_go_while_they_are_read_are_told(tmp_path: Path) -> None:
    """Every load ends, with the bundle or with a fault about the file that went."""
    folder = written(tmp_path)
    stop = threading.Event()
    restless = folder / "restless.toml"

    def come_and_go() -> None:
        while not stop.is_set():
            restless.write_text("id = 1\n", encoding="utf-8")
            restless.unlink()

    thread = threading.Thread(target=come_and_go)
    thread.start()
    try:
        loads = [load_folders([folder]) for _ in range(60)]
    finally:
        stop.set()
        thread.join()
    for loaded in loads:
        assert loaded.bundle is not None or loaded.faults
        assert {fault.place.file for fault in loaded.faults} <= {"restless.toml"}


@pytest.mark.skipif(sys.platform != "linux", reason="names are text elsewhere")
def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    folder = written(tmp_path)
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.toml")).write_text("", encoding="utf-8")
    assert sentences(folder) == ["?.toml: Rename this file: its name is not UTF-8."]


def test_ten_megabytes_are_not_read(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "big.toml").write_bytes(b"#" * 10_000_000)
    began = time.perf_counter()
    assert sentences(folder) == [
        "big.toml: This file is larger than 256 KB: one policy is one page."
    ]
    assert time.perf_counter() - began < 2


def test_a_folder_of_other_things_is_not_read(tmp_path: Path) -> None:
    folder = written(tmp_path)
    for number in range(policy_folders.MOST_FILES + 1):
        (folder / f"{number}.toml").touch()
    (fault,) = sentences(folder)
    assert "There are more than 2000 files here: name the folder of policies." in fault


def test_texts_in_memory_are_looked_at_as_closely() -> None:
    loaded = load_texts({"facts.toml": FACTS, "x.toml": f"{DEEP} = 1"})
    assert [str(fault) for fault in loaded.faults] == [
        "x.toml: This nests deeper than 8 levels: flatten it."
    ]
