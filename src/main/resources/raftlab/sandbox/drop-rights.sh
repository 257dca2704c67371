# Becomes a command with the rights of an unprivileged user. Runs as root inside a mount namespace of its own.
# sh -c SCRIPT drop-rights USER-NUMBER COMMAND...
user=$1
shift
# Bubblewrap covers parts of /proc when root runs it. As long as they are covered, the system refuses a /proc in a namespace within.
for part in /proc/irq /proc/bus /proc/sys /proc/sysrq-trigger; do
  umount "$part" 2>/dev/null
done
exec setpriv --reuid "$user" --regid "$user" --clear-groups --inh-caps=-all --bounding-set=-all -- "$@"
