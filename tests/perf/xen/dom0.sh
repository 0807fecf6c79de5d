# SPDX-License-Identifier: BSD-3-Clause
# Run in dom0 by bench.sh: request to running, in microseconds a line, for xl, for
# xenrun alone and from a shell, and from shells with ever more domains there.
n=${RUNS:-10}
us() {
	cut -d' ' -f1 /proc/uptime | tr -d .
}
xenconsoled
cat >g.cfg <<END
name = "xl"
kernel = "/job/kernel"
type = "pv"
memory = 16
tsc_mode = "native"
on_poweroff = "destroy"
on_crash = "destroy"
END
i=0
while [ $i -lt 3 ]; do
	a=$(us)
	xl create -q g.cfg </dev/null >/dev/null 2>&1
	b=$(us)
	echo "xl $(((b - a) * 10000))"
	i=$((i + 1))
done
i=0
while [ $i -lt "$n" ]; do
	xenrun -v -t pv -m 16384 kernel 2>&1 >/dev/null | awk '
		/created|given memory|loaded/ { sum += $2 }
		END { print "alone", sum * 1000 }'
	i=$((i + 1))
done
xenrun -k 2 -t pv -m 16384 /run/keep &
until [ -S /run/keep ]; do
	usleep 20000
done
i=0
while [ $i -lt "$n" ]; do
	set -- $(xenrun -a /run/keep create kernel)
	echo "shell $2"
	xenrun -a /run/keep destroy "$1" >/dev/null
	i=$((i + 1))
done
xenrun -a /run/keep stop
# Small ones, all of them kept, waiting for what never comes.
xenrun -k 2 -t pv -m 512 /run/keep &
until [ -S /run/keep ]; do
	usleep 20000
done
i=0
while [ $i -lt "${MANY:-200}" ]; do
	set -- $(xenrun -a /run/keep create kernel wait)
	echo "many $2"
	i=$((i + 1))
done
xenrun -a /run/keep stop
echo
echo XENRUN 0
