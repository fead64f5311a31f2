/** The version of Valkey whose valkey-cli this one is compared with. */
export const VERSION = 'valkey-cli 8.1.1 (of keyspace-grader)';

export const HELP = `${VERSION}

Usage: valkey-cli [OPTIONS] [cmd [arg [arg ...]]]

Sends a command to a Valkey server, or the commands of stdin, one a line.

  -h <hostname>        Server hostname (default: 127.0.0.1).
  -p <port>            Server port (default: 6379).
  -s <socket>          Server socket (instead of hostname and port).
  -u <uri>             valkey://user:password@host:port/dbnum
  -a, --pass <pass>    Password; REDISCLI_AUTH in the environment does the same.
  --user <username>    The user whose password it is.
  --no-auth-warning    Do not warn of a password on the command line.
  -n <db>              Database number.
  -r <repeat>          Run the command so often (-1: for ever).
  -i <interval>        Wait so many seconds between repetitions.
  -x                   Read the last argument from stdin.
  -e                   Exit code 1 where the server answers with an error.
  -2, -3               Speak RESP2 or RESP3.
  --raw, --no-raw      Print replies as they are, or formatted; by default they
                       are formatted on a terminal only.
  --csv, --json        Print replies as CSV or as JSON.
  --eval <file>        Run a Lua script: file key1 key2 , arg1 arg2
  --scan               List all keys with SCAN.
  --pattern <pat>      Which keys, for --scan.
  --count <count>      COUNT of every SCAN, for --scan.
  --pipe               Send all of stdin and count the replies.
  --help, --version    Print this help, or the version.

This is what scripts use of valkey-cli, spoken the same way, for machines that
have none.
`;
