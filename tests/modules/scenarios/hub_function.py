"""Scenarios of the hub's function."""

from tests.modules.scenarios.scenario import Scenario, hub

SCENARIOS: dict[str, Scenario] = {
    "hub_x86": hub(function={"architecture": "x86_64", "memory_size": 512, "timeout": 300}),
    "hub_own_zip": hub(function={"zip_path": "own.zip", "runtime": "python3.12"}),
    "hub_image": hub(
        function={"image_uri": "111111111111.dkr.ecr.eu-west-1.amazonaws.com/lambda-promtail:1"}
    ),
}
