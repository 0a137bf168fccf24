"""The function's code within the template: the very package of the Terraform module, in a few lines that import it.

CloudFormation takes source code of one file; a package in a bucket would have to be put there first. The package is
compressed by bzip2, whose output, other than zlib's, is the same everywhere.
"""

from __future__ import annotations

import base64
import bz2
import textwrap

from cdktf_app.packaging.archive import make_archive
from cdktf_app.packaging.build import onboarding_members

INLINE_HANDLER = "index.handler"
"""The handler of the code in the template."""

PACKAGE_HANDLER = "onboarding.handler.handler"
"""The handler of the package."""

# Each line costs its indentation in the template.
_LINE = 2000
_SOURCE = '''\
# The package of the module alb-onboarding (lambda/onboarding.zip), compressed: Python imports from the zip as it is.
import base64
import bz2
import os
import sys
import tempfile

PACKAGE = """
{package}
"""

path = os.path.join(tempfile.mkdtemp(), "onboarding.zip")
with open(path, "wb") as file:
    file.write(bz2.decompress(base64.b64decode(PACKAGE)))
sys.path.insert(0, path)

from onboarding.handler import handler  # noqa: E402, F401
'''


def inline_code() -> str:
    """Return the source of the function's one file."""
    package = base64.b64encode(bz2.compress(make_archive(onboarding_members()), 9)).decode()
    return _SOURCE.format(package="\n".join(textwrap.wrap(package, _LINE)))
