# Joins control groups, and becomes a command whose file descriptor 3 is a file.
# sh -c SCRIPT enter STATUS-FILE CGROUP.PROCS... -- COMMAND...
status=$1
shift
while [ "$1" != -- ]; do
  echo 0 >"$1" || exit 125
  shift
done
shift
exec "$@" 3>"$status"
