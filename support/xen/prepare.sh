#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# prepare.sh FOLDER: what guest.py boots, from Debian's packages: FOLDER/xen,
# FOLDER/vmlinux (the kernel of dom0, unpacked: the software CPU need not), and
# FOLDER/dom0.cpio (busybox, xenstored, xl and our xenrun). Nothing is installed.
# Exit status 77, with the reason as the last line, where they can't be had.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
W=$out/work
x=$W/x root=$W/root lib=usr/lib/x86_64-linux-gnu
packages="xen-hypervisor-4.17-amd64 xen-utils-4.17 xenstore-utils libxen-dev
	libxenmisc4.17 libxencall1 libxendevicemodel1 libxenevtchn1
	libxenforeignmemory1 libxengnttab1 libxenhypfs1 libxenstore4
	libxentoolcore1 libxentoollog1 libyajl2 busybox-static"
modules="xen-evtchn xen-gntdev xen-gntalloc xen-privcmd xenfs xen-netback
	xen-blkback bridge virtio_pci virtio_net virtio_blk virtio_console loop"

skip() {
	[ ! -s "$W/log" ] || tail -n 5 "$W/log"
	echo "$*"
	exit 77
}
die() {
	echo "prepare: $*" >&2
	exit 1
}

# The packages, unpacked in $x. A kernel of the same release as this Xen: a
# newer one may be offered, too.
unpack() {
	for tool in apt-get apt-cache dpkg xz objcopy cc; do
		command -v "$tool" >/dev/null || skip "no $tool here"
	done
	version=$(apt-cache madison linux-image-amd64 |
		awk '/bookworm/ && !/backports/ { print $3; exit }')
	[ "$version" ] || {
		apt-get update >"$W/log" 2>&1 || :
		version=$(apt-cache madison linux-image-amd64 |
			awk '/bookworm/ && !/backports/ { print $3; exit }')
	}
	[ "$version" ] || skip "apt offers no kernel of Debian 12 for dom0"
	kernel=$(apt-cache depends "linux-image-amd64=$version" |
		awk '/Depends: linux-image/ { print $2; exit }')
	mkdir -p "$W/debs" "$x"
	# shellcheck disable=SC2086 # a list
	(cd "$W/debs" && apt-get -o APT::Sandbox::User=root download $packages \
		"$kernel") >"$W/log" 2>&1 || skip "apt cannot get Xen's packages"
	for deb in "$W"/debs/*.deb; do
		dpkg -x "$deb" "$x"
	done
	rm -r "$W/debs"
}

# field FILE OFFSET LENGTH: a number of a header
field() {
	od -An -tu"$3" -j"$2" -N"$3" "$1" | tr -d ' '
}

# The ELF file in a bzImage: Linux's Documentation/arch/x86/boot.rst.
kernel() {
	sectors=$(field "$1" $((0x1f1)) 1)
	start=$((($sectors + 1) * 512 + $(field "$1" $((0x248)) 4)))
	length=$(field "$1" $((0x24c)) 4)
	# The last word is the length of what comes out.
	tail -c +$((start + 1)) "$1" | head -c $((length - 4)) |
		xz -dc >"$2" || die "the kernel is not packed by xz"
	strip -s "$2"
}

build_xenrun() {
	cc -std=gnu17 -O2 -Wall -I"$x/usr/include" -o "$root/bin/xenrun" \
		"$here"/*.c -L"$x/$lib" -Wl,-rpath-link,"$x/$lib" -lxenguest \
		-lxenctrl -lxenevtchn -lxenforeignmemory -lxenstore
}

# What the programs in the root load, from the packages or from here.
libraries() {
	for f in "$root"/bin/*; do
		[ -L "$f" ] || LD_LIBRARY_PATH=$x/$lib ldd "$f" 2>/dev/null ||
			:
	done | awk '/not found/ { print "no library " $1 >"/dev/stderr" }
		/=> \// { print $3 }' | sort -u | while read -r f; do
		cp -L "$f" "$root/lib/x86_64-linux-gnu/"
	done
	cp -L /lib64/ld-linux-x86-64.so.2 "$root/lib64/"
	# Loaded when a thread ends.
	cp -L /lib/x86_64-linux-gnu/libgcc_s.so.1 "$root/lib/x86_64-linux-gnu/"
}

# Modules in the order in which they can be loaded.
module() {
	name=$(echo "$1" | tr _ -)
	case " $seen " in *" $name "*) return ;; esac
	seen="$seen $name"
	file=$(find "$x/lib/modules" -name "$name.ko" -o \
		-name "$(echo "$name" | tr - _).ko" | head -n 1)
	[ "$file" ] || die "the kernel has no module $1"
	for d in $(objcopy -O binary -j .modinfo "$file" /dev/stdout |
			tr '\0' '\n' | sed -n 's/^depends=//p' | tr , ' '); do
		module "$d"
	done
	file=$(find "$x/lib/modules" -name "$(echo "$1" | tr _ -).ko" -o \
		-name "$(echo "$1" | tr - _).ko" | head -n 1)
	cp "$file" "$root/lib/modules/"
	basename "$file" >>"$root/lib/modules/order"
}

root() {
	for d in bin dev proc sys run tmp lib/modules lib/x86_64-linux-gnu \
			lib64 etc/xen/scripts var/lib/xen var/lib/xenstored \
			var/log/xen/console usr/lib/xen-4.17; do
		mkdir -p "$root/$d"
	done
	ln -s ../run "$root/var/run"
	ln -s ../run/lock "$root/var/lock"
	ln -s ../../../bin "$root/usr/lib/xen-4.17/bin"
	cp "$x/bin/busybox" "$x/usr/bin/xenstore" "$root/bin/"
	for f in xl xenstored xenconsoled xenconsole xen-init-dom0; do
		cp "$x/usr/lib/xen-4.17/bin/$f" "$root/bin/"
	done
	for f in ls read write watch list exists rm; do
		ln -s xenstore "$root/bin/xenstore-$f"
	done
	build_xenrun
	libraries
	strip --strip-unneeded "$root"/bin/x* "$root"/lib/x86_64-linux-gnu/* \
		2>/dev/null || :
	seen=
	for m in $modules; do
		module "$m"
	done
	strip -g "$root"/lib/modules/*.ko
	echo 'root:x:0:0::/:/bin/sh' >"$root/etc/passwd"
	cp "$here/dom0" "$root/init"
	chmod +x "$root/init"
}

rm -rf "$W"
mkdir -p "$W"
unpack
zcat "$x/boot/xen-4.17-amd64.gz" >"$W/xen"
kernel "$(echo "$x"/boot/vmlinuz-*)" "$W/vmlinux"
root
(cd "$root" && find . | "$x/bin/busybox" cpio -o -H newc 2>/dev/null) \
	>"$W/dom0.cpio"
mv "$W/xen" "$W/vmlinux" "$W/dom0.cpio" "$out/"
rm -rf "$W"
