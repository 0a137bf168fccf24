"""A root configuration in a temporary copy, with a life of its own."""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from filelock import FileLock

from tests.harness.process.run import Finished
from tests.harness.terraform.adapter import TerraformCommands
from tests.harness.terraform.cli_config import ProviderSource
from tests.harness.terraform.errors import DriftError, LeftoverError
from tests.harness.terraform.lock_file import LOCK_FILE, lock_providers
from tests.harness.terraform.transient import retrying
from tests.harness.timing import Timings

T = TypeVar("T")
_PLAN = "harness.tfplan"
_NOT_COPIED = shutil.ignore_patterns(
    ".terraform", LOCK_FILE, "*.tfstate", "*.tfstate.*", "*.tfplan", "__pycache__"
)


def copy_configuration(
    repository: Path,
    configuration: Path,
    target: Path,
    shared: Sequence[str],
    provider_versions: Mapping[str, str] = MappingProxyType({}),
) -> Path:
    """Copy a root configuration, and the folders it refers to, keeping their places to each other.

    So relative module sources such as `../../modules/hub` work, and nothing is written into the repository.

    Args:
        repository: the folder that `configuration` and `shared` are relative to.
        configuration: the folder of the root configuration.
        target: an empty folder.
        shared: folders and files that the configuration refers to, such as `modules`.
        provider_versions: versions that the copy is to take, see `lock_providers`; by default Terraform chooses.

    Returns:
        The copy of the root configuration.

    Raises:
        FileNotFoundError: the configuration does not exist.
    """
    source = repository / configuration
    if not any(source.glob("*.tf")) and not any(source.glob("*.tf.json")):
        raise FileNotFoundError(f"{source} holds no Terraform configuration (*.tf or *.tf.json)")
    copied = target / configuration
    shutil.copytree(source, copied, ignore=_NOT_COPIED, dirs_exist_ok=True)
    for name in shared:
        if (repository / name).is_file():
            shutil.copy2(repository / name, target / name)
        elif (repository / name).is_dir() and not copied.is_relative_to(target / name):
            shutil.copytree(repository / name, target / name, ignore=_NOT_COPIED, dirs_exist_ok=True)
    lock_providers(copied, provider_versions)
    return copied


class TerraformWorkspace:
    """Init, plan, apply and destroy of one root configuration.

    Attributes:
        folder: the temporary copy.
        commands: the bare commands, for what is not here.
        applied: whether an apply, a complete or a broken one, may have made something that is not destroyed yet.
    """

    def __init__(
        self,
        name: str,
        commands: TerraformCommands,
        *,
        variables: Mapping[str, Any],
        providers: ProviderSource,
        timings: Timings,
        tell: Callable[[str], None],
    ) -> None:
        self.name = name
        self.commands = commands
        self.folder = commands.folder
        self.variables = dict(variables)
        self._providers = providers
        self._timings = timings
        self._tell = tell
        self._initialized = False
        self.applied = False

    def init(self) -> Finished:
        """Fetch providers and modules; done by the other methods when it is needed."""
        cache = self._providers.plugin_cache
        lock = FileLock(cache.with_suffix(".lock")) if cache else nullcontext()
        with lock, self._phase("init"):
            finished = self._retried(self.commands.init)
        self._initialized = True
        return finished

    def validate(self) -> Finished:
        """Check the configuration."""
        self._need_init()
        return self.commands.validate()

    def plan(self) -> dict[str, Any]:
        """Plan, and return the plan in Terraform's JSON form.

        https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
        """
        self._need_init()
        with self._phase("plan"):
            self._retried(lambda: self.commands.plan(self.variables, out=_PLAN))
            return self.commands.show(_PLAN)

    def apply(self) -> dict[str, Any]:
        """Apply, and return the outputs."""
        self._need_init()
        self.applied = True  # also if it fails half way: then there is something to destroy
        with self._phase("apply"):
            self._retried(lambda: self.commands.apply(self.variables))
        return self.commands.output()

    def apply_and_idempotent(self) -> dict[str, Any]:
        """Apply, make sure that a second plan is empty, and return the outputs.

        Raises:
            DriftError: the second plan wants to change something; its message names what.
        """
        outputs = self.apply()
        with self._phase("second plan"):
            changed, finished = self.commands.plan(self.variables, out=_PLAN)
            if changed:
                raise DriftError(_changed_addresses(self.commands.show(_PLAN)), finished.stdout)
        return outputs

    def output(self) -> dict[str, Any]:
        """The outputs of the last apply."""
        return self.commands.output()

    def destroy(self) -> None:
        """Destroy, and make sure that nothing is left in the state.

        Raises:
            LeftoverError: something is.
        """
        with self._phase("destroy"):
            self._retried(lambda: self.commands.destroy(self.variables))
        left = self.commands.state_list()
        if left:
            raise LeftoverError(f"destroyed, but the state of {self.folder} still holds {', '.join(left)}")
        self.applied = False

    def _need_init(self) -> None:
        if not self._initialized:
            self.init()

    def _retried(self, call: Callable[[], T]) -> T:
        return retrying(self._tell)(call)

    @contextmanager
    def _phase(self, phase: str) -> Iterator[None]:
        self._tell(f"{self.name}: {phase}")
        with self._timings.measure(phase, self.name):
            yield


def _changed_addresses(plan: Mapping[str, Any]) -> dict[str, list[str]]:
    return {
        change["address"]: change["change"]["actions"]
        for change in plan.get("resource_changes", ())
        if change["change"]["actions"] not in (["no-op"], ["read"])
    }
