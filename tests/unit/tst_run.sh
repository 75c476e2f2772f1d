#!/bin/sh
# packaging/run starts the program where the user stands, with the arguments as they are. The program and
# the other scripts are stand-ins here.
set -eu
run=$1
private=$(mktemp -d)
trap 'rm -rf "$private"' EXIT
mkdir -p "$private/tree/packaging" "$private/tree/build/release/app" "$private/a folder"
cp "$run" "$private/tree/packaging/run"
for script in dependencies build; do
    printf '#!/bin/sh\n' >"$private/tree/packaging/$script"
done
printf '#!/bin/sh\npwd\nprintf "<%%s>\\n" "$@"\n' >"$private/tree/build/release/app/taskreel"
chmod +x "$private/tree/packaging/"* "$private/tree/build/release/app/taskreel"

cd "$private/a folder"
expected="$PWD
<--no-window>
<my ids.txt>"
for way in "$private/tree/packaging/run" ../tree/packaging/run; do
    got=$("$way" --no-window 'my ids.txt')
    if [ "$got" != "$expected" ]; then
        echo "$way: expected:" "$expected" "but got:" "$got" >&2
        exit 1
    fi
done
