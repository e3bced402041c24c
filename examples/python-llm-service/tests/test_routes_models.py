"""The models router: contracts, order of the routes, and what happens without services."""

from unittest.mock import AsyncMock, MagicMock, patch

import httpx
import pytest

from llm_service.routes import models
from tests.conftest import FakeKernel, http_client, reply

API = "/api/v1"

ROUTES = [
    ("GET", "/models"),
    ("POST", "/models/install"),
    ("POST", "/models/switch"),
    ("POST", "/models/compare"),
    ("POST", "/models/adapters"),
    ("GET", "/models/usage"),
    ("POST", "/models/unload-all"),
    ("POST", "/models/benchmark"),
    ("GET", "/models/providers"),
    ("GET", "/models/trending"),
    ("GET", "/models/news"),
    ("GET", "/models/recommended"),
    ("GET", "/models/search"),
    ("POST", "/translate"),
    ("POST", "/models/registry/install"),
    ("GET", "/models/registry/operations"),
    ("GET", "/models/registry/operations/{operation_id}"),
    ("DELETE", "/models/registry/{model_name:path}"),
    ("POST", "/models/activate"),
    ("GET", "/models/active"),
    ("GET", "/models/config/schema"),
    ("GET", "/models/{model_name}/capabilities"),
    ("GET", "/models/{model_name}/config"),
    ("PUT", "/models/{model_name}/config"),
    ("DELETE", "/models/{model_name}/config"),
    ("GET", "/models/{model_name}/versions"),
    ("GET", "/models/{model_name}"),
    ("DELETE", "/models/{model_name}"),
]


def test_paths_methods_and_their_order():
    found = [(sorted(route.methods)[0], route.path) for route in models.router.routes]
    assert found == [(method, API + path) for method, path in ROUTES]


class TestListing:
    def test_all(self, client):
        body = client.get(f"{API}/models").json()
        assert [item["name"] for item in body["models"]] == [
            "acme/coder-14b-instruct",
            "llama3:8b",
            "nomic-embed:v1",
            "phi3:mini",
        ]
        assert body["page"] == {"total": 4, "offset": 0, "count": 4}

    def test_filters_sorts_and_pages(self, client, registry):
        registry.activate("llama3:8b", "ollama")
        body = client.get(f"{API}/models?capability=completion&sort=-size&limit=2").json()
        assert [item["name"] for item in body["models"]] == ["acme/coder-14b-instruct", "llama3:8b"]
        assert body["models"][1]["active_in"] == ["ollama"]
        assert body["page"] == {"total": 3, "offset": 0, "count": 2}
        assert client.get(f"{API}/models?query=PHI").json()["page"]["total"] == 1
        families = client.get(f"{API}/models?sort=family").json()["models"]
        assert [item["family"] for item in families] == ["bert", "llama", "phi3", "qwen2"]

    def test_unknown_provider_or_order(self, client):
        answer = client.get(f"{API}/models?provider=pypi")
        assert (answer.status_code, answer.json()["detail"]) == (404, "Unknown provider: pypi")
        assert client.get(f"{API}/models?sort=age").status_code == 422

    def test_without_a_registry(self, client):
        with patch("llm_service.routes.models._registry", None):
            answer = client.get(f"{API}/models")
        assert (answer.status_code, answer.json()["detail"]) == (
            503,
            "Model registry is not available",
        )


class TestInstalling:
    def test_begins(self, client):
        with patch("llm_service.routes.models._manager.free_bytes", return_value=10**12):
            answer = client.post(f"{API}/models/install", json={"name": "gemma:2b"})
        assert answer.status_code == 202
        assert (answer.json()["kind"], answer.json()["model_name"]) == ("install", "gemma:2b")

    def test_conflict_and_space(self, client):
        assert client.post(f"{API}/models/install", json={"name": "llama3:8b"}).status_code == 409
        with patch("llm_service.routes.models._manager.free_bytes", return_value=1):
            answer = client.post(
                f"{API}/models/install", json={"name": "llama3:8b", "replace": True}
            )
        assert answer.status_code == 507

    def test_license(self, client):
        checker = MagicMock()
        checker.allows.return_value = False
        with patch("llm_service.routes.models._license_checker", checker):
            assert client.post(f"{API}/models/install", json={"name": "x"}).status_code == 451

    def test_bad_names(self, client):
        answer = client.post(f"{API}/models/install", json={"name": "a/b"})
        assert answer.status_code == 422
        assert answer.json()["detail"][0]["msg"] == (
            "Value error, Model name contains characters that are not allowed"
        )

    def test_registry_install(self, client):
        body = {"name": "acme/tiny", "provider": "huggingface", "runtime": "vllm"}
        assert client.post(f"{API}/models/registry/install", json=body).status_code == 202
        for change, detail in [
            ({"provider": "ollama"}, "vLLM cannot load models of Ollama"),
            ({"name": "tiny"}, "Names on the hub look like owner/model"),
        ]:
            answer = client.post(f"{API}/models/registry/install", json={**body, **change})
            assert (answer.status_code, answer.json()["detail"]) == (422, detail)

    def test_operations(self, client):
        operation = client.post(
            f"{API}/models/registry/install", json={"name": "new:1b", "provider": "ollama"}
        ).json()
        listed = client.get(f"{API}/models/registry/operations").json()["operations"]
        assert [item["operation_id"] for item in listed] == [operation["operation_id"]]
        single = client.get(f"{API}/models/registry/operations/{operation['operation_id']}").json()
        assert "last_line" in single
        assert client.get(f"{API}/models/registry/operations/nope").status_code == 404
        assert client.get(f"{API}/models/registry/operations?state=odd").status_code == 422

    def test_registry_remove(self, client, hub):
        url = f"{API}/models/registry/acme/coder-14b-instruct"
        assert client.delete(url).json() == {
            "removed": "acme/coder-14b-instruct",
            "provider": "huggingface",
        }
        assert client.delete(url).status_code == 404
        assert client.delete(f"{url}?provider=pypi").status_code == 404
        with patch.object(hub, "remove", AsyncMock(side_effect=OSError("busy"))):
            assert client.delete(url).status_code == 500


class TestSwitching:
    def test_switch(self, client, registry):
        registry.activate("phi3:mini", "ollama")
        with patch("llm_service.routes.models.time.time", return_value=50.0):
            answer = client.post(f"{API}/models/switch", json={"name": "llama3:8b"})
        assert answer.json() == {"active": "llama3:8b", "previous": "phi3:mini", "unloaded": []}
        assert models._active_since == {"ollama": 50.0}
        assert client.post(f"{API}/models/switch", json={"name": "none"}).status_code == 404

    def test_switch_unloads(self, client, registry):
        registry.activate("phi3:mini", "ollama")
        body = {"name": "llama3:8b", "keep_loaded": False}
        with patch("llm_service.model_manager.httpx.AsyncClient") as client_class:
            http_client(
                client_class, get=reply(200, {"models": [{"name": "phi3:mini"}]}), post=reply()
            )
            answer = client.post(f"{API}/models/switch", json=body)
        assert answer.json()["unloaded"] == ["phi3:mini"]

    def test_switch_goes_on_when_unloading_fails(self, client, registry):
        registry.activate("phi3:mini", "ollama")
        with patch("llm_service.model_manager.httpx.AsyncClient") as client_class:
            http_client(client_class, get=httpx.ConnectError("down"))
            answer = client.post(
                f"{API}/models/switch", json={"name": "llama3:8b", "keep_loaded": False}
            )
        assert answer.json()["unloaded"] == []
        assert registry.active() == {"ollama": "llama3:8b"}

    def test_activate(self, client):
        def activate(name, runtime):
            return client.post(f"{API}/models/activate", json={"name": name, "runtime": runtime})

        assert activate("acme/coder-14b-instruct", "vllm").json() == {
            "active": {"vllm": "acme/coder-14b-instruct"}
        }
        assert activate("none", "vllm").status_code == 404
        assert (
            activate("llama3:8b", "vllm").json()["detail"] == "vLLM serves models of the hub only"
        )
        assert activate("nomic-embed:v1", "ollama").status_code == 422
        assert client.get(f"{API}/models/active").json() == {
            "vllm": {"name": "acme/coder-14b-instruct", "installed": True}
        }

    def test_compare(self, client, ollama):
        ollama.failing_names.append("phi3:mini")
        answer = client.post(
            f"{API}/models/compare",
            json={"names": ["llama3:8b", "phi3:mini", "acme/coder-14b-instruct"]},
        ).json()
        assert answer["missing"] == ["phi3:mini"]
        assert (answer["smallest"], answer["longest_context"]) == (
            "llama3:8b",
            "acme/coder-14b-instruct",
        )

    def test_adapters_and_versions(self, client):
        body = {"name": "tone", "base_model": "llama3:8b", "tags": ["de"]}
        assert client.post(f"{API}/models/adapters", json=body).status_code == 201
        versions = client.get(f"{API}/models/llama3:8b/versions").json()
        assert (versions["latest"], versions["adapters"]) == (1, ["tone"])
        assert client.get(f"{API}/models/phi3:mini/versions").json()["latest"] is None
        body["base_model"] = "none"
        assert client.post(f"{API}/models/adapters", json=body).status_code == 404


class TestMachine:
    def test_usage_is_not_a_model_name(self, client):
        client.get(f"{API}/models/llama3:8b")
        models._active_since["ollama"] = 40.0
        with (
            patch("llm_service.model_manager.httpx.AsyncClient") as client_class,
            patch("llm_service.routes.models.time.time", return_value=100.5),
        ):
            http_client(client_class, get=reply(200, {"models": [{"name": "llama3:8b"}]}))
            body = client.get(f"{API}/models/usage").json()
        assert body["loaded"] == ["llama3:8b"]
        assert body["requests"] == {"llama3:8b": 1}
        assert body["active_for_seconds"] == {"ollama": 60}
        assert body["runtime_reachable"] is True

    def test_usage_while_the_runtime_is_down(self, client):
        with patch("llm_service.model_manager.httpx.AsyncClient") as client_class:
            http_client(client_class, get=httpx.ConnectError("down"))
            body = client.get(f"{API}/models/usage").json()
        assert (body["loaded"], body["runtime_reachable"]) == ([], False)

    def test_unload_all(self, client):
        with patch("llm_service.model_manager.httpx.AsyncClient") as client_class:
            http_client(client_class, get=reply(200, {"models": [{"name": "a"}]}), post=reply())
            assert client.post(f"{API}/models/unload-all").json() == {"unloaded": ["a"], "count": 1}
            http_client(client_class, get=httpx.ConnectError("down"))
            answer = client.post(f"{API}/models/unload-all")
        assert (answer.status_code, answer.json()["detail"]) == (
            502,
            "Ollama does not answer: down",
        )

    def test_benchmark(self, client):
        answer = client.post(f"{API}/models/benchmark", json={"name": "llama3:8b"})
        assert answer.json()["tokens"] == 6
        assert client.post(f"{API}/models/benchmark", json={"name": "none"}).status_code == 404
        with patch("llm_service.routes.models._benchmarks", None):
            assert (
                client.post(f"{API}/models/benchmark", json={"name": "llama3:8b"}).status_code
                == 503
            )


class TestDiscovery:
    def test_providers(self, client):
        assert client.get(f"{API}/models/providers").json() == {
            "providers": [
                {"name": "huggingface", "installed": 1},
                {"name": "ollama", "installed": 3},
            ]
        }

    def test_trending(self, client):
        catalog = MagicMock(degraded=False)
        catalog.trending = AsyncMock(return_value=[{"name": "llama3:8b"}, {"name": "new:1b"}])
        catalog.enrich = AsyncMock(return_value={"new:1b": {"summary": "tiny"}})
        with patch("llm_service.routes.models._catalog", catalog):
            body = client.get(f"{API}/models/trending?limit=2").json()
        assert body["models"] == [
            {"name": "llama3:8b", "installed": True, "summary": None},
            {"name": "new:1b", "installed": False, "summary": "tiny"},
        ]

    def test_news(self, client):
        catalog = MagicMock(degraded=True)
        catalog.news = AsyncMock(return_value=[])
        with patch("llm_service.routes.models._catalog", catalog):
            assert client.get(f"{API}/models/news?topic=x").json() == {"news": [], "stale": True}
        catalog.news.assert_awaited_once_with(10, "x")

    def test_recommended(self, client):
        body = client.get(f"{API}/models/recommended?task=code&memory_gb=6").json()
        assert body["models"] == []
        assert body["rejected"]["acme/coder-14b-instruct"] == "needs 8.9 GB"
        assert body["rejected"]["llama3:8b"] == "does not offer code"
        body = client.get(f"{API}/models/recommended?task=code&memory_gb=10").json()
        assert body["models"] == [{"name": "acme/coder-14b-instruct", "score": 18.0}]

    def test_search(self, client, hub):
        assert client.get(f"{API}/models/search?query=coder").json()["results"] == [
            {"name": "acme/coder-14b-instruct"}
        ]
        refused = httpx.HTTPStatusError("x", request=reply().request, response=reply(403))
        for error, status in [(refused, 502), (httpx.ReadTimeout("slow"), 504)]:
            with patch.object(hub, "search", AsyncMock(side_effect=error)):
                assert client.get(f"{API}/models/search?query=coder").status_code == status

    def test_translate(self, client, kernel):
        body = {"text": "Good day", "target": "DE"}
        assert client.post(f"{API}/translate", json=body).json() == {
            "text": "Guten Tag",
            "target": "de",
            "language": "German",
            "unchanged": False,
        }
        client.post(f"{API}/translate", json=body)
        assert len(kernel.prompts) == 1

    def test_translate_without_service_or_runtime(self, client):
        body = {"text": "x", "target": "en"}
        with patch("llm_service.routes.models._translator", None):
            assert client.post(f"{API}/translate", json=body).status_code == 503
        with patch(
            "llm_service.routes.models._translator.kernel",
            FakeKernel(error=httpx.ConnectError("down")),
        ):
            assert client.post(f"{API}/translate", json=body).status_code == 502


class TestConfiguration:
    def test_schema(self, client):
        params = client.get(f"{API}/models/config/schema?family=llama").json()["params"]
        assert {item["name"]: item["default"] for item in params}["temperature"] == 0.6

    def test_capabilities(self, client):
        assert client.get(f"{API}/models/llama3:8b/capabilities").json() == {
            "name": "llama3:8b",
            "features": ["completion"],
            "context_length": 8192,
            "parameters_billion": 8.0,
            "tier": "medium",
            "streaming": True,
        }
        body = client.get(f"{API}/models/nomic-embed:v1/capabilities").json()
        assert (body["streaming"], body["tier"]) == (False, "small")

    def test_overrides_come_and_go(self, client):
        url = f"{API}/models/llama3:8b/config"
        body = client.put(url, json={"params": {"top_k": 20, "temperature": 1.5}}).json()
        assert (body["params"]["top_k"], body["overridden"]) == (20, ["temperature", "top_k"])
        client.put(url, json={"params": {"temperature": None}})
        body = client.get(url).json()
        assert (body["params"]["temperature"], body["overridden"]) == (0.6, ["top_k"])
        assert client.delete(url).json()["removed"] == ["top_k"]
        assert client.delete(url).json()["removed"] == []

    def test_nothing_is_stored_when_a_value_is_wrong(self, client):
        url = f"{API}/models/phi3:mini/config"
        answer = client.put(
            url, json={"params": {"top_p": 0.5, "top_k": 1.5, "temperature": 9, "num_ctx": 9000}}
        )
        assert answer.status_code == 422
        assert answer.json()["detail"] == [
            "top_k must be a whole number",
            "temperature must be between 0.0 and 2.0",
            "num_ctx must not exceed the context of the model (8192)",
        ]
        assert client.get(url).json()["overridden"] == []

    def test_damaged_overrides(self, client, tmp_path):
        (tmp_path / "config").mkdir()
        (tmp_path / "config" / "llama3_8b.json").write_text("{")
        assert client.get(f"{API}/models/llama3:8b/config").json()["overridden"] == []

    def test_unknown_models(self, client):
        for path in ("capabilities", "config"):
            assert client.get(f"{API}/models/none/{path}").status_code == 404

    def test_without_a_folder(self, client):
        with patch("llm_service.routes.models._config_dir", None):
            assert client.get(f"{API}/models/llama3:8b/config").status_code == 503


class TestOneModel:
    def test_read(self, client):
        body = client.get(f"{API}/models/phi3:mini").json()
        assert (body["family"], body["versions"], body["active_in"]) == ("phi3", 0, [])
        assert client.get(f"{API}/models/none").status_code == 404

    def test_delete(self, client, registry):
        client.put(f"{API}/models/phi3:mini/config", json={"params": {"top_k": 9}})
        assert client.delete(f"{API}/models/phi3:mini").json() == {"removed": "phi3:mini"}
        assert client.delete(f"{API}/models/phi3:mini").status_code == 404
        registry.activate("llama3:8b", "ollama")
        answer = client.delete(f"{API}/models/llama3:8b")
        assert (answer.status_code, answer.json()["detail"]) == (
            409,
            "llama3:8b is active; switch first",
        )

    @pytest.mark.parametrize(
        "name, detail",
        [("a%20b", "Invalid model name"), ("a" * 101, "Model name must have 1-100 characters")],
    )
    def test_delete_checks_the_name(self, client, name, detail):
        answer = client.delete(f"{API}/models/{name}")
        assert (answer.status_code, answer.json()["detail"]) == (400, detail)
