# SPDX-License-Identifier: BSD-3-Clause
# From recorded steps (CMD_<object> := <command>) to compile_commands.json.
function json(s) {
	gsub(/\$\$/, "$", s)
	gsub(/\\#/, "#", s)
	gsub(/\\/, "\\\\\\\\", s)
	gsub(/"/, "\\\"", s)
	return s
}
BEGIN { print "[" }
/^CMD_/ {
	obj = substr($1, 5)
	cmd = substr($0, index($0, ":=") + 3)
	sub(/^cd [^ ]+ && /, "", cmd)	# that is `directory`
	if (!match(cmd, / -c [^ ]+ /))
		next
	src = substr(cmd, RSTART + 4, RLENGTH - 5)
	printf "%s{\"directory\": \"%s\", \"file\": \"%s\", \"output\": \"%s\",\n \"command\": \"%s\"}", \
		n++ ? ",\n" : "", json(dir), json(src), json(obj), json(cmd)
}
END { print "\n]" }
