#!/bin/sh
# Names each tool that is missing or too old, the version needed, and how to get it. Everything else is installed
# by the Makefile. Plain sh, because nothing of ours is there yet when it runs.
set -u

# Terraform asks for newer versions of itself when it tells its own; nothing here needs the network.
export CHECKPOINT_DISABLE=1

faults=0

# need NAME COMMAND-THAT-PRINTS-ITS-VERSION MAJOR MINOR HOW-TO-GET-IT
need() {
    name=$1 command=$2 major=$3 minor=$4 remedy=$5
    version=$($command 2>/dev/null | grep -oE '[0-9]+\.[0-9]+(\.[0-9]+)?' | head -n 1)
    if [ -z "$version" ]; then
        found="was not found (tried: $command)"
    else
        have_major=${version%%.*}
        rest=${version#*.}
        have_minor=${rest%%.*}
        if [ "$have_major" -gt "$major" ] || { [ "$have_major" -eq "$major" ] && [ "$have_minor" -ge "$minor" ]; }; then
            return
        fi
        found="is version $version"
    fi
    printf '%s %s or newer is needed, but %s.\n  %s\n' "$name" "$major.$minor" "$found" "$remedy" >&2
    faults=$((faults + 1))
}

need Python "${PYTHON:-python3} --version" 3 11 \
    "Get it from https://www.python.org/downloads/ or your system's packages, or name another one: make PYTHON=python3.12 …"
need Node.js "node --version" 20 0 \
    "Get it from https://nodejs.org/en/download or your system's packages."
need npm "npm --version" 9 0 \
    "It comes with Node.js: https://nodejs.org/en/download."
need Terraform "terraform version" 1 9 \
    "Get it from https://developer.hashicorp.com/terraform/install."

if [ "$faults" -gt 0 ]; then
    echo "Install what is named above, then run the same command again." >&2
    exit 1
fi
