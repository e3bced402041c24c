"""Every request body that checks a name: what passes, and the exact message when not."""

import pytest
from pydantic import ValidationError

from llm_service.routes.models import (
    GenerationConfigUpdate,
    ModelCompareRequest,
    ModelInstallRequest,
    ModelSwitchRequest,
    TranslationRequest,
)
from llm_service.schemas import (
    AdapterUploadRequest,
    BenchmarkRequest,
    ModelActivateRequest,
    RegistryInstallRequest,
    ServiceStartRequest,
)


def messages(body, **values):
    with pytest.raises(ValidationError) as caught:
        body(**values)
    return [error["msg"] for error in caught.value.errors()]


@pytest.mark.parametrize("model", [ModelInstallRequest, ModelSwitchRequest])
class TestLibraryNames:
    @pytest.mark.parametrize("name", ["llama3", "llama3:8b", "my-model_v1.2", "a" * 100, "模型"])
    def test_accepts(self, model, name):
        assert model(name=name).name == name

    @pytest.mark.parametrize("name", ["", "a" * 101])
    def test_length(self, model, name):
        assert messages(model, name=name) == ["Value error, Model name must have 1-100 characters"]

    @pytest.mark.parametrize("name", ["acme/llama", "rm -rf", "a;b", "../etc", "a\nb"])
    def test_characters(self, model, name):
        assert messages(model, name=name) == [
            "Value error, Model name contains characters that are not allowed"
        ]

    def test_a_final_newline_passes(self, model):
        assert model(name="llama3\n").name == "llama3\n"

    def test_length_is_checked_first(self, model):
        assert messages(model, name="/" * 101) == [
            "Value error, Model name must have 1-100 characters"
        ]


class TestRegistryInstall:
    @pytest.mark.parametrize("name", ["acme/llama-3", "llama3:8b", "a" * 200])
    def test_accepts(self, name):
        request = RegistryInstallRequest(name=name, provider="huggingface")
        assert (request.name, request.runtime) == (name, "ollama")

    @pytest.mark.parametrize("name", ["", "a" * 201])
    def test_length(self, name):
        assert messages(RegistryInstallRequest, name=name, provider="ollama") == [
            "Value error, Repository name must have 1-200 characters"
        ]

    def test_characters(self):
        assert messages(RegistryInstallRequest, name="acme/../x y", provider="ollama") == [
            "Value error, Repository name contains characters that are not allowed"
        ]

    def test_provider(self):
        assert messages(RegistryInstallRequest, name="x", provider="pypi") == [
            "Value error, Provider must be 'huggingface' or 'ollama'"
        ]

    def test_runtime(self):
        assert messages(RegistryInstallRequest, name="x", provider="ollama", runtime="tgi") == [
            "Value error, Runtime must be 'vllm' or 'ollama'"
        ]

    def test_all_fields_report(self):
        assert len(messages(RegistryInstallRequest, name="", provider="", runtime="tgi")) == 3


class TestActivate:
    @pytest.mark.parametrize("runtime", ["vllm", "ollama"])
    def test_accepts(self, runtime):
        assert ModelActivateRequest(name="acme/llama", runtime=runtime).runtime == runtime

    def test_length(self):
        assert messages(ModelActivateRequest, name="a" * 201, runtime="vllm") == [
            "Value error, Model name must have 1-200 characters"
        ]

    def test_characters(self):
        assert messages(ModelActivateRequest, name="a b", runtime="vllm") == [
            "Value error, Model name contains characters that are not allowed"
        ]

    def test_runtime(self):
        assert messages(ModelActivateRequest, name="a", runtime="VLLM") == [
            "Value error, Runtime must be 'vllm' or 'ollama'"
        ]


class TestBenchmark:
    def test_accepts(self):
        assert BenchmarkRequest(name="a" * 60).rounds == 1

    def test_length_names_the_length(self):
        assert messages(BenchmarkRequest, name="a" * 61) == [
            "Value error, Benchmark target must have 1-60 characters, got 61"
        ]

    def test_characters_name_the_target(self):
        assert messages(BenchmarkRequest, name="a/b") == [
            "Value error, Benchmark target 'a/b' contains characters that are not allowed"
        ]


class TestAdapter:
    def test_accepts_and_sorts_tags(self):
        request = AdapterUploadRequest(name="tone.v1", base_model="m", tags=["b", "a", "b"])
        assert request.tags == ["a", "b"]

    def test_a_colon_is_not_allowed_in_adapters(self):
        assert messages(AdapterUploadRequest, name="tone:v1", base_model="m") == [
            "Value error, Model name contains characters that are not allowed"
        ]

    @pytest.mark.parametrize("tag", ["Upper", "a b", "", "tail\n"])
    def test_tags(self, tag):
        assert messages(AdapterUploadRequest, name="x", base_model="m", tags=[tag]) == [
            f"Value error, Tag {tag!r} must be lower case letters, digits and hyphens"
        ]


class TestServiceStart:
    def test_the_model_is_optional(self):
        assert ServiceStartRequest().model is None
        assert ServiceStartRequest(model=None).model is None

    @pytest.mark.parametrize("model", ["llama3:8b", "a" * 100])
    def test_accepts(self, model):
        assert ServiceStartRequest(model=model).model == model

    def test_length(self):
        assert messages(ServiceStartRequest, model="a" * 101) == [
            "Value error, Model to serve must have at most 100 characters"
        ]

    @pytest.mark.parametrize("model", ["", "acme/llama", "a b"])
    def test_characters(self, model):
        assert messages(ServiceStartRequest, model=model) == [
            "Value error, Model to serve contains characters that are not allowed"
        ]


class TestOtherBodies:
    def test_compare_wants_different_models(self):
        assert messages(ModelCompareRequest, names=["a", "a"]) == [
            "Value error, Each model can be compared once"
        ]

    def test_generation_parameters_must_exist(self):
        assert messages(GenerationConfigUpdate, params={"temprature": 1, "seed": 2}) == [
            "Value error, Unknown parameters: seed, temprature"
        ]
        assert messages(GenerationConfigUpdate, params={}) == [
            "Value error, At least one parameter is needed"
        ]

    def test_the_target_language_is_normalised(self):
        assert TranslationRequest(text="x", target=" DE ").target == "de"
        assert messages(TranslationRequest, text="x", target="tlh") == [
            "Value error, Language must be one of de, en, es, fr, pl"
        ]
