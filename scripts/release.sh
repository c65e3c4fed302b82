#!/usr/bin/env bash
# Builds, pushes and signs the images of a release and its chart. docs/releasing.md says what it takes.
set -euo pipefail
cd "$(dirname "$0")/.."

usage='Usage: scripts/release.sh [--dry-run] REGISTRY VERSION

Builds both images for linux/amd64 and linux/arm64, with SBOM and provenance; pushes them to REGISTRY/webhook and
REGISTRY/syncer, and the chart to REGISTRY/charts; signs the images. The digests are written to
report/release/VERSION.

  --dry-run  print the commands, and run none
  --help     print this

Example: scripts/release.sh --dry-run registry.example/targetgate 0.1.0'

fail() {
  printf 'release.sh: %s\n' "$1" >&2
  exit "${2:-1}"
}

dry_run=false
arguments=()
for argument in "$@"; do
  case $argument in
    --help) printf '%s\n' "$usage" && exit ;;
    --dry-run) dry_run=true ;;
    -*) fail "there is no option $argument; see --help" 2 ;;
    *) arguments+=("$argument") ;;
  esac
done
((${#arguments[@]} == 2)) || fail 'it takes a registry and a version, such as registry.example/targetgate 0.1.0' 2
registry=${arguments[0]%/}
version=${arguments[1]}
[[ $registry =~ ^[a-z0-9.:-]+(/[a-z0-9._-]+)*$ ]] || fail "$registry is no registry: name it without https://" 2
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || fail "$version is no version, such as 0.1.0" 2
packaged=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' package.json)
[[ $version == "$packaged" ]] || fail "package.json says $packaged, not $version" 2

# Runs a command, or prints it.
run() {
  if $dry_run; then printf '%s\n' "$*"; else "$@"; fi
}

# The digest that a tag stands for now.
digest_of() {
  if $dry_run; then printf 'sha256:DIGEST'; else docker buildx imagetools inspect "$1" --format '{{.Manifest.Digest}}'; fi
}

# A base image of the Dockerfiles, pinned to what its tag stands for now.
pinned() {
  local image digest
  image=$(sed -n "s/^ARG $1=//p" Dockerfile.webhook)
  digest=$(digest_of "$image") || return
  printf '%s@%s' "$image" "$digest"
}

# What a build has pushed, whatever its tag stands for by now.
pushed_digest() {
  if $dry_run; then
    printf 'sha256:DIGEST'
  else
    sed -n 's/.*"containerimage.digest": "\(sha256:[0-9a-f]*\)".*/\1/p' "$1"
  fi
}

record=report/release/$version
if ! $dry_run; then
  for tool in docker cosign helm npm; do
    command -v "$tool" >/dev/null || fail "$tool is not installed"
  done
  [[ -z $(git status --porcelain) ]] || fail 'there are changes that are not committed'
  mkdir -p "$record"
  : >"$record/digests"
fi

run npm audit --omit=dev

build_image=$(pinned BUILD_IMAGE)
run_image=$(pinned RUN_IMAGE)
revision=$(git rev-parse HEAD)
# Times in the image are those of the commit: the same sources and bases make the same layers.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH

for program in webhook syncer; do
  image=$registry/$program
  run docker buildx build . \
    --file "Dockerfile.$program" \
    --platform linux/amd64,linux/arm64 \
    --build-arg "BUILD_IMAGE=$build_image" \
    --build-arg "RUN_IMAGE=$run_image" \
    --label "org.opencontainers.image.version=$version" \
    --label "org.opencontainers.image.revision=$revision" \
    --label "org.opencontainers.image.base.name=${run_image%@*}" \
    --label "org.opencontainers.image.base.digest=${run_image#*@}" \
    --sbom=true \
    --provenance=mode=max \
    --metadata-file "$record/$program.json" \
    --tag "$image:$version" \
    --push
  digest=$(pushed_digest "$record/$program.json")
  [[ -n $digest ]] || fail "$record/$program.json does not say what was pushed"
  pushed=$image@$digest
  # What is in the bundle: BuildKit sees one file there.
  sbom=$record/$program.spdx.json
  if $dry_run; then
    run npm sbom --omit=dev --sbom-format=spdx --workspace "$program"
  else
    npm sbom --omit=dev --sbom-format=spdx --workspace "$program" >"$sbom"
    printf '%s\n' "$pushed" >>"$record/digests"
  fi
  run cosign sign --yes --recursive "$pushed"
  run cosign attest --yes --type spdxjson --predicate "$sbom" "$pushed"
done

$dry_run || printf '%s\n' "$build_image" "$run_image" >>"$record/digests"
run helm package manifests/chart --version "$version" --app-version "$version" --destination "$record"
run helm push "$record/targetgate-$version.tgz" "oci://$registry/charts"
