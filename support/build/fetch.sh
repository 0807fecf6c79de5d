#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# fetch.sh HASHES FILES URL OUT: bring the first of FILES that can be had, check
# it against HASHES, put it at OUT, and print its name. HASHES is a source.hash,
# one line a file:
#   sha256 size file licence [deb:SOURCE=VERSION ...] [url:ADDRESS]
# A line that begins with the word "or" names another version of the file above
# it, which serves as well. FILES "all": every file of HASHES, OUT is not used.
# OUT "-" only fills DL_DIR.
# Order: DL_DIR, then Debian's source package of a stated version, then URL.
# FETCH_OFFLINE=1 asks nobody. HASHES may be "-": external libraries without
# one are fetched unchecked, which the caller has warned of.
# Exit: 0, 1 = cannot be had or is not what it should be.
set -u
hashes=$1 files=$2 home=$3 out=$4
DL_DIR=${DL_DIR:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/redoubt}
[ "$out" != - ] || out=
mkdir -p "$DL_DIR" "$(dirname "${out:-.}")" || exit 1

say() { printf 'fetch: %s\n' "$*" >&2; }

# look_up FILE: what HASHES says of it
look_up() {
	file=$1 url=$home line= debs=
	[ "$hashes" != - ] || return 0
	line=$(sed 's/^or //' "$hashes" |
		awk -v f="$file" '!/^#/ && $3 == f' | head -n 1)
	if [ -z "$line" ]; then
		say "$hashes: no line for $file: every fetched file needs one"
		exit 1
	fi
	# shellcheck disable=SC2086
	set -- $line
	sha=$1 size=$2
	shift 4
	debs=$*
	for d in $debs; do
		case $d in url:*) url=${url:-${d#url:}} ;; esac
	done
}

# good PATH: is it the file that the hash names?
good() {
	[ -f "$1" ] || return 1
	[ -n "$line" ] || return 0
	have=$(stat -c %s "$1")
	if [ "$have" != "$size" ]; then
		say "$1: $have bytes, $size expected"
		return 1
	fi
	have=$(sha256sum "$1") && have=${have%% *}
	if [ "$have" != "$sha" ]; then
		say "$1: sha256 is $have, $sha expected"
		return 1
	fi
}

# apt_state: package lists of our own, beside the machine's: its archive, more
# suites, nothing of the machine's own state is touched.
apt_state() {
	apt=$DL_DIR/.apt
	mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" || return 1
	cat >"$apt/apt.conf" <<EOF
Dir::State "$apt";
Dir::State::status "$apt/status";
Dir::State::lists "$apt/lists";
Dir::Cache "$apt/cache";
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "-";
Dir::Etc::preferences "-";
Dir::Etc::preferencesparts "-";
Acquire::Retries "3";
EOF
	: >"$apt/status"
	uri=$(apt-get indextargets --format '$(REPO_URI)' \
		'Created-By: Packages' 2>/dev/null | grep -v security |
		head -n 1)
	[ -n "$uri" ] || return 1
	key=/usr/share/keyrings/debian-archive-keyring.gpg
	for suite in bookworm trixie sid; do
		echo "deb-src [signed-by=$key] $uri $suite main"
	done >"$apt/sources.list"
	APT_CONFIG=$apt/apt.conf
	export APT_CONFIG
	[ -n "$(find "$apt/lists" -name '*Sources*' -mmin -1440 \
		2>/dev/null | head -n 1)" ] || {
		say "reading Debian's source lists (about 15 s)"
		apt-get -qq -o APT::Sandbox::User=root update >&2
	}
}

from_debian() {
	[ -n "$line" ] && [ -n "$debs" ] && command -v apt-get >/dev/null ||
		return 1
	( apt_state || exit 1
	  tmp=$(mktemp -d "$DL_DIR/.get.XXXXXX") && cd "$tmp" || exit 1
	  trap 'rm -rf "$tmp"' EXIT
	  for d in $debs; do
		case $d in deb:*) ;; *) continue ;; esac
		say "$file from Debian's ${d#deb:}"
		apt-get -qq source --only-source --download-only --tar-only \
			-o APT::Sandbox::User=root "${d#deb:}" >&2 || continue
		good "$tmp/$file" && mv "$tmp/$file" "$DL_DIR/$file" && exit 0
	  done
	  exit 1 )
}

from_url() {
	case $url in http://* | https://* | ftp://*) ;; *) return 1 ;; esac
	say "$file from its home"
	curl -fsSL --max-time 300 -o "$DL_DIR/$file.part" "$url" &&
		good "$DL_DIR/$file.part" && mv "$DL_DIR/$file.part" \
		"$DL_DIR/$file" && return 0
	rm -f "$DL_DIR/$file.part"
	return 1
}

# One at a time: builds side by side want the same file, and the package lists.
bring() {
	look_up "$1"
	good "$DL_DIR/$file" && return 0
	[ "${FETCH_OFFLINE:-0}" != 1 ] || return 1
	( flock 9
	  good "$DL_DIR/$file" || from_debian || from_url ) 9>"$DL_DIR/.lock"
}

if [ "$files" = all ]; then
	awk '/^#/ || !NF { next }
	     $1 == "or" { names = names " " $4; next }
	     { if (names) print names; names = $3 }
	     END { if (names) print names }' "$hashes" |
	while read -r names; do
		sh "$0" "$hashes" "$names" "" - || exit 1
	done
	exit
fi

got=
for f in $files; do
	bring "$f" && got=$f && break
done
if [ -z "$got" ]; then
	for f in $files; do
		look_up "$f"
		say "$f cannot be had. Put it into $DL_DIR by hand:"
		say "  from    ${url:-any mirror}"
		[ -z "$line" ] || say "  sha256  $sha ($size bytes)"
	done
	exit 1
fi
echo "$got"
[ -n "$out" ] || exit 0
cp "$DL_DIR/$got" "$out.new" && mv "$out.new" "$out"
