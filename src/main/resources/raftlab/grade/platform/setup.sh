#!/usr/bin/env bash
# Gradescope runs this once, as root, while it builds the image. Add what your students' languages need.
set -eu
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install -y --no-install-recommends openjdk-17-jdk-headless bubblewrap make gcc g++ python3
