# SPDX-License-Identifier: BSD-3-Clause
# -v file=N -v files=N -v each=N: a source with `each` functions that call into
# all the others, use tables, text and switches; together about 1 MB of text.
function name(f, i) { return "work_" f "_" i }

BEGIN {
	print "#include <stdio.h>"
	print "extern volatile int work_sink[];"
	print "typedef int (*work_fn)(int, int);"
	for (i = 0; i < each; i++) {
		other = (file * 7 + i * 3 + 1) % files
		call = (i * 31 + 5) % each
		printf "int %s(int, int);\n", name(other, call)
		printf "static const char *const text_%d[] = { \"%d:%d\", " \
			"\"in %d\" };\n", i, file, i, i
		printf "static int count_%d = %d;\n", i, i
		printf "int %s(int a, int b);\nint %s(int a, int b)\n{\n", \
			name(file, i), name(file, i)
		print "\tint v = a;"
		print "\tswitch (a & 15) {"
		for (c = 0; c < 12; c++)
			printf "\tcase %d: v += work_sink[(b + %d) & 63] * %d;" \
				" break;\n", c, c * 5 + i % 7, c * i % 97 + 3
		print "\t}"
		for (c = 0; c < 8; c++)
			printf "\twork_sink[(v + %d) & 63] += a * %d ^ b;\n", \
				c * 11 + i % 13, (c * 17 + i) % 251
		printf "\tcount_%d += v;\n", i
		printf "\tif (b > 0 && count_%d & 1)\n\t\tv += %s(v, b - 1);\n", \
			i, name(other, call)
		printf "\telse if (b < 0)\n\t\tputs(text_%d[v & 1]);\n", i
		print "\treturn v;\n}"
	}
}
