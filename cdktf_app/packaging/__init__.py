"""Makes the zips that Lambda runs: the same bytes on every machine, one for each architecture where it matters."""

from cdktf_app.packaging.build import build_host_zip, build_zip
from cdktf_app.packaging.errors import PackagingError

__all__ = ["PackagingError", "build_host_zip", "build_zip"]
