#!/bin/sh
# usage: bench/learning/hour.sh [OPTION...]      options of TrainingHour, such as --minutes 5
# Trains a model of 17 million parameters for an hour on manuals (Debian packages, fetched by apt-get) and the demo corpus, and
# reports its loss, its words and its memory. Interrupted, it goes on where it was.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$root/.alluvium/hour
packages="linux-doc-6.1 debian-handbook python3.11-doc installation-guide-amd64 git-doc perl-doc"

if [ ! -d "$folder/manuals" ]; then
  mkdir -p "$folder/packages"
  # shellcheck disable=SC2086  # a list
  (cd "$folder/packages" && apt-get download $packages)
  for package in "$folder"/packages/*.deb; do
    dpkg-deb -x "$package" "$folder/manuals.part"
  done
  find "$folder/manuals.part" -type l -delete
  mv "$folder/manuals.part" "$folder/manuals"
fi
cd "$root"
if [ ! -d "$folder/corpus" ]; then
  bench/run.sh WriteDemoCorpus "$folder/europarl/europarl.lines.txt"
  ./alluvium ingest --config bench/learning/hour.yaml
fi
bench/run.sh hour.TrainingHour --config bench/learning/hour.yaml "$@"
