#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# each: full light sampled
# The hardened allocator under real programs: each does its work once as it is
# and once with LD_PRELOAD, and the results are the same. Programs with bugs
# that it shall find die with the right words.
. tests/build/lib.sh

make -s -f support/hostalloc/hostalloc.mk UK_ROOT="$PWD" OUT="$W/so" \
	>"$W/out" 2>&1 || { cat "$W/out"; die "it does not build"; }
so=$W/so/libukallochard-$1.so

# same NAME COMMAND...: one result with and without
same() {
	name=$1
	shift
	"$@" >"$W/$name.plain" 2>&1 || {
		echo "no $name here that works: left out"
		return 0
	}
	LD_PRELOAD=$so "$@" >"$W/$name.hard" 2>&1 ||
		fail "$name: status $? with the allocator"
	cmp "$W/$name.plain" "$W/$name.hard" || {
		tail -n 5 "$W/$name.hard"
		fail "$name: another result"
	}
	done=$((${done:-0} + 1))
}

awk 'BEGIN { for (i = 0; i < 60000; i++) print (i * 7919) % 60013, i }' \
	>"$W/lines"
cat >"$W/doctests.py" <<'END'
import bisect, collections, copy, difflib, doctest, fractions, heapq
import random, statistics, textwrap, threading
n = f = 0
for m in (bisect, collections, copy, difflib, fractions, heapq, random,
          statistics, textwrap):
    r = doctest.testmod(m)
    n, f = n + r.attempted, f + r.failed
assert n > 200
out = []
def work(k):
    out.append((k, sum(len(str(i) * 3) for i in range(k, k + 20000))))
t = [threading.Thread(target=work, args=(k,)) for k in range(4)]
[x.start() for x in t]
[x.join() for x in t]
print(n, f, sorted(out))
END
cat >"$W/some.sql" <<'END'
create table t(a integer primary key, b text, c real);
with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000)
insert into t select i, 'row ' || (i * 7919 % 20011), i / 7.0 from n;
create index tb on t(b);
select count(*), sum(length(b)), round(sum(c), 3) from t where b > 'row 5';
delete from t where a % 3 = 0;
select b, count(*) from t group by substr(b, 1, 6) order by 2 desc, 1 limit 5;
END
cat >"$W/forks.sh" <<'END'
for i in 1 2 3 4 5 6 7 8; do
	(x=$(printf "%s\n" a b c | sort -r | tr -d '\n'); echo "$x$i")
done
END
# Every object of Python's from malloc.
PYTHONMALLOC=malloc same python /usr/bin/python3 "$W/doctests.py"
same sqlite sqlite3 :memory: ".read $W/some.sql"
same sort sort -n --parallel=2 "$W/lines"
same awk awk '{ n[$1 % 1000] = n[$1 % 1000] $2 } END { for (i = 0; i < 1000; i++)
	t += length(n[i]); print t }' "$W/lines"
same perl perl -e 'my %h; while (<>) { push @{$h{$_ % 97}}, split } print
	join(",", map { scalar @{$h{$_}} } sort { $a <=> $b } keys %h)' "$W/lines"
same bash bash "$W/forks.sh"
same xz sh -c "xz -T2 -1 <$W/lines | xz -d | cksum"
same tar sh -c "tar -cf - tests/unit | tar -tf - | sort | cksum"
same git git log --stat -n 40 --format=%h
same gcc sh -c "gcc -std=gnu17 -O2 -c -o $W/o.o tests/perf/alloc/bignum.c &&
	cksum <$W/o.o"
same make make -n -f support/hostalloc/hostalloc.mk UK_ROOT=. OUT="$W/x"
[ "${done:-0}" -ge 6 ] || fail "only ${done:-0} programs were there to try"

# dies WORDS CODE: a program with this bug says so and is aborted
dies() {
	words=$1
	printf '#include <stdlib.h>\n#include <string.h>\nint main(void) {
	char *volatile p = malloc(104), *volatile q = p; (void)q;
	%s return 0; }\n' "$2" >"$W/bug.c"
	gcc -O0 -w -o "$W/bug" "$W/bug.c" || die "no compiler"
	LD_PRELOAD=$so "$W/bug" >"$W/bug.out" 2>&1
	status=$?
	[ $status -eq 134 ] || fail "$words: status $status, not 134"
	grep -qx "ukallochard: $words" "$W/bug.out" || {
		cat "$W/bug.out"
		fail "the last words are not: $words"
	}
}
case $1 in
full|light)
	dies "double free" 'free(p); free(q);'
	dies "invalid free: inside a block" 'free(p + 16);'
	dies "invalid free: not a block of this heap" 'free(&p);'
	dies "overflow: a block was written past its end" \
		'memset(p, 65, 112); free(p);'
	;;
esac
[ "$1" != full ] || dies "write after free" \
	'free(p); q[8] = 1; for (int i = 0; i < 9999; i++) free(malloc(104));'
verdict
