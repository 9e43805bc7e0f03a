# SPDX-License-Identifier: Apache-2.0
"""Layers of settings: the last one that speaks wins, unless the machine locked the key."""

from pathlib import Path

import pytest

from agentassist.errors import BadInput, UserError
from agentassist.settings import Loaded, Origin, Unknown, load, write_user


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "policy.toml", tmp_path / "settings.toml"


def loaded(
    files: tuple[Path, Path], environment: dict[str, str] | None = None, **line: object
) -> Loaded:
    machine, user = files
    return load(line, environment or {}, machine, user)


def test_later_layers_win(files: tuple[Path, Path]) -> None:
    machine, user = files
    machine.write_text('theme = "dark"\nregion = "KR"\nagent = "machine"\n')
    user.write_text('region = "GB"\nagent = "user"\n')
    found = loaded(files, {"AGENTASSIST_AGENT": "environment"}, text_scale=150)
    assert (found.settings.theme, found.settings.region, found.settings.agent) == (
        "dark",
        "GB",
        "environment",
    )
    assert found.settings.text_scale == 150
    assert found.origins["theme"] is Origin.MACHINE
    assert found.origins["text_scale"] is Origin.COMMAND_LINE
    assert found.origins["language"] is Origin.BUILT_IN


def test_a_locked_key_is_final(files: tuple[Path, Path]) -> None:
    machine, user = files
    machine.write_text('locked = ["theme", "webhook"]\ntheme = "light"\n')
    user.write_text('theme = "dark"\nwebhook = false\n')
    found = loaded(files, {"AGENTASSIST_THEME": "dark"}, theme="dark")
    assert found.settings.theme == "light"
    assert found.settings.webhook is True
    assert found.locked == {"theme", "webhook"}


@pytest.mark.parametrize(
    ("text", "field"),
    [('colour = "red"', "colour"), ("text_scale = 900", "text_scale"), ("not toml", "")],
)
def test_a_bad_file_is_named_with_its_key(files: tuple[Path, Path], text: str, field: str) -> None:
    files[1].write_text(text)
    with pytest.raises(BadInput) as caught:
        loaded(files)
    assert caught.value.place.field == field


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('colour = "red"', "There is no setting of this name"),
        ("text_scale = 900", "Write a whole number from 80 to 200."),
        ("webhook_port = -1", "Write a whole number from 0 to 65535."),
        ('language = "de"', "Write one of: system, en, ko."),
        ('webhook = "perhaps"', "Write true or false."),
        ('region = "Korea"', "Write two capital letters, such as US or KR."),
        ('extensions = "204"', 'Write a list of texts, such as ["one", "two"].'),
        ("agent = 7", "Write a text in quotation marks."),
        ("model = 7", "Write a text in quotation marks."),
    ],
)
def test_a_bad_value_is_told_with_file_key_and_what_is_allowed(
    files: tuple[Path, Path], text: str, what: str
) -> None:
    files[1].write_text(text)
    with pytest.raises(BadInput) as caught:
        loaded(files)
    key = text.split(" ", maxsplit=1)[0]
    assert str(caught.value).startswith(f"user file {files[1]} [{key}]: {what}")
    assert "settings show" not in str(caught.value)


def test_a_bad_value_in_the_environment_is_told_with_its_variable(
    files: tuple[Path, Path],
) -> None:
    with pytest.raises(BadInput) as caught:
        loaded(files, {"AGENTASSIST_THEME": "pink"})
    assert str(caught.value) == (
        "environment AGENTASSIST_THEME [theme]: Write one of: system, light, dark."
    )


@pytest.mark.parametrize("text", ['locked = "theme"', "locked = 3", "locked = [3]"])
def test_locked_is_a_list_of_names(files: tuple[Path, Path], text: str) -> None:
    files[0].write_text(text)
    with pytest.raises(BadInput) as caught:
        loaded(files)
    assert caught.value.place.field == "locked"


def test_names_that_nobody_knows_are_kept_to_be_told(files: tuple[Path, Path]) -> None:
    files[0].write_text('locked = ["theme", "colour"]')
    found = loaded(files, {"AGENTASSIST_RGION": "KR", "AGENTASSIST_EVAL": "/x"})
    assert found.unknown == (
        Unknown("colour", f"locked in {files[0]}"),
        Unknown("AGENTASSIST_RGION", "environment"),
    )
    assert str(found.unknown[0]) == f"Not known: colour (locked in {files[0]})"


def test_foreign_environment_is_left_alone(files: tuple[Path, Path]) -> None:
    assert loaded(files, {"AGENTASSIST_EVAL": "/x", "THEME": "dark"}).settings.theme == "system"


def test_extensions_come_as_a_list(files: tuple[Path, Path]) -> None:
    assert loaded(files, {"AGENTASSIST_EXTENSIONS": "sam,204"}).settings.extensions == (
        "sam",
        "204",
    )


def write(files: tuple[Path, Path], value: str) -> None:
    machine, user = files
    assert write_user("model", value, machine, user) == user


def test_a_value_is_written_into_the_persons_file(files: tuple[Path, Path]) -> None:
    write(files, "/models/one")
    assert loaded(files).settings.model == Path("/models/one")
    assert loaded(files).origins["model"] is Origin.USER


@pytest.mark.parametrize(
    "text",
    [
        '# mine\nagent = "Kim"  # me\nmodel = "/old"\n',
        'model="/old"\n\n# mine\nagent = "Kim"',
        '# mine\nagent = "Kim"\n',
    ],
)
def test_the_rest_of_the_file_stays_as_it_is(files: tuple[Path, Path], text: str) -> None:
    files[1].write_text(text)
    write(files, 'C:\\models\\"한국어"')
    assert loaded(files).settings.model == Path('C:\\models\\"한국어"')
    assert loaded(files).settings.agent == "Kim"
    assert "# mine" in files[1].read_text()
    assert list(files[1].parent.iterdir()) == [files[1]]


def test_a_locked_key_is_not_written(files: tuple[Path, Path]) -> None:
    files[0].write_text('locked = ["model"]\n')
    with pytest.raises(UserError, match="administrator"):
        write(files, "/models/one")
    assert not files[1].exists()


@pytest.mark.parametrize(
    "text", ["model = '''\n/old\n'''\n", "model =", 'x = """\nmodel = 1\n"""\n']
)
def test_what_cannot_be_edited_safely_is_left_alone(files: tuple[Path, Path], text: str) -> None:
    files[1].write_text(text)
    with pytest.raises(BadInput, match=r"by hand|not TOML"):
        write(files, "/models/one")
    assert files[1].read_text() == text


def test_a_file_that_cannot_be_written_is_said(files: tuple[Path, Path]) -> None:
    files[1].parent.joinpath("taken").write_text("")
    with pytest.raises(UserError, match="cannot be written"):
        write_user("model", "/one", files[0], files[1].parent / "taken" / "settings.toml")
