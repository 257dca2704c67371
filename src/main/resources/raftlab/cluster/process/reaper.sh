trap '' HUP INT QUIT TERM
groups=' '
pipes=' '
# The kit itself never writes to these pipes: each process that holds one is a replica's.
holders() {
  ls -l /proc/[0-9]*/fd/[12] 2>/dev/null | while read -r line; do
    case $pipes in *" ${line##* } "*)
      pid=${line#*/proc/}
      echo "/proc/${pid%%/*}/fd";;
    esac
  done
}
while read -r word group; do
  case $word in
  watch) groups="$groups$group "
    for fd in 1 2; do
      pipe=$(readlink "/proc/$group/fd/$fd" 2>/dev/null)
      case $pipe in pipe:*) pipes="$pipes$pipe ";; esac
    done;;
  kill) kill -KILL -"$group" 2>/dev/null
    groups="${groups%% $group *} ${groups#* $group }";;
  stop) kill -STOP -"$group" 2>/dev/null; echo;;
  go) kill -CONT -"$group" 2>/dev/null; echo;;
  esac
done
for group in $groups; do kill -KILL -"$group" 2>/dev/null; done
# A process that left its group still has the token, or writes to a replica's pipe.
if [ -d /proc/self ]; then
  for try in 1 2 3; do
    left="$(grep -ls "RAFTLAB_RUN=$1" /proc/[0-9]*/environ) $(holders)"
    left=${left% }
    [ -n "$left" ] || break
    for file in $left; do
      pid=${file#/proc/}
      kill -KILL "${pid%%/*}" 2>/dev/null
    done
  done
fi
[ -z "$2" ] || rm -rf -- "$2"
# A user of its own has no other processes and files, wherever they hide.
if [ -n "$3" ]; then
  for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    setpriv --reuid "$3" --regid "$3" --clear-groups sh -c 'kill -KILL -1'
    # Zombies may stay for a moment.
    [ -n "$(find /proc -maxdepth 1 -user "$3" -exec grep -qs '^State:[[:space:]]*[^ZX[:space:]]' {}/status \; -print)" ] || break
    sleep 0.05
  done
  keep=${4:-/none}
  find /tmp /var/tmp /dev/shm -xdev -depth -user "$3" ! -path "$keep" ! -path "$keep/*" -delete
fi 2>/dev/null
shift 4
# A group can be removed a moment after its last process has ended.
for group; do
  for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    for pid in $(find "$group" -name cgroup.procs -exec cat {} +); do kill -KILL "$pid"; done
    find "$group" -depth -type d -exec rmdir {} \;
    [ -d "$group" ] || break
    sleep 0.05
  done
done 2>/dev/null
