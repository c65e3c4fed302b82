# Kills process $1 and its group once the parent of both is gone.
#
# Standard input is a pipe whose other end only the parent holds. A line on it says that the process has ended; its
# end without a line says that the parent died, by whatever signal. $2 is the process's start time as /proc tells
# it: a pid that was given to another process meanwhile has another one, and is left alone.
read -r _ && exit 0
read -r stat <"/proc/$1/stat" || exit 0
# After the program's name in brackets come the fields from the third on: they keep their numbers from proc(5).
set -- "$1" "$2" ${stat##*) }
[ "${22}" = "$2" ] && kill -KILL "-$1"
