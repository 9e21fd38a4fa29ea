/** The script that asks a running connector for an incremental snapshot and reports its progress. */

/** What the script reads from its environment. */
export interface SnapshotEnvironment {
    BOOTSTRAP_SERVERS: string;
    /** Properties of Kafka's console clients. */
    CLIENT_PROPERTIES: string;
    KAFKA_HOME: string;
    SIGNAL_TOPIC: string;
    NOTIFICATION_TOPIC: string;
    /** Debezium takes only signals whose key is the connector's topic prefix. */
    TOPIC_PREFIX: string;
    /** The include list, one item a line. */
    TABLES: string;
    /** Items to read again, one a line; empty to read those that were added since the last run. */
    AGAIN: string;
    /** Seconds until the connector must have begun, and seconds to wait for the end. */
    START_SECONDS: string;
    WAIT_SECONDS: string;
}

/**
 * The tables of the last run are a record of the signals' topic, with a key that no connector has: the connector
 * ignores it, and it is where the signals are, so that neither the engine nor the cluster has to remember it. The
 * first run only writes this record, because the connector's initial snapshot reads all tables.
 */
export const snapshotScript = `set -eu
work=$(mktemp -d)
printf '%s' "$CLIENT_PROPERTIES" > "$work/client.properties"

# the records of a topic with one partition, as KEY|VALUE
read_topic() {
  "$KAFKA_HOME/bin/kafka-console-consumer.sh" --bootstrap-server "$BOOTSTRAP_SERVERS" --topic "$1" --partition 0 \\
    --offset earliest --timeout-ms "$2" --property print.key=true --property key.separator='|' \\
    --consumer.config "$work/client.properties" 2>> "$work/errors" || true
}
write_signal() {
  printf '%s\\n' "$1" | "$KAFKA_HOME/bin/kafka-console-producer.sh" --bootstrap-server "$BOOTSTRAP_SERVERS" \\
    --topic "$SIGNAL_TOPIC" --property parse.key=true --property key.separator='|' \\
    --producer.config "$work/client.properties"
}
# a Kafka outside this stack has the topics only when somebody creates them
for topic in "$SIGNAL_TOPIC" "$NOTIFICATION_TOPIC"; do
  "$KAFKA_HOME/bin/kafka-topics.sh" --bootstrap-server "$BOOTSTRAP_SERVERS" --create --if-not-exists --topic "$topic" \\
    --partitions 1 --config retention.ms=-1 --command-config "$work/client.properties" > "$work/created" 2>&1 ||
    { cat "$work/created"; exit 1; }
done

printf '%s\\n' "$TABLES" > "$work/now"
state=$(printf '%s' "$TABLES" | tr '\\n' '\\t')
recorded=$(read_topic "$SIGNAL_TOPIC" 3000 | grep '^tables of this connector|' | tail -n 1) || true
if [ -n "$AGAIN" ]; then
  tables=$AGAIN
elif [ -z "$recorded" ]; then
  write_signal "tables of this connector|$state"
  echo "the connector's initial snapshot reads its tables; from now on, tables that are added are read alone"
  exit 0
else
  printf '%s\\n' "\${recorded#*|}" | tr '\\t' '\\n' > "$work/before"
  grep -vxF -f "$work/now" "$work/before" |
    while read -r table; do echo "$table is not captured any more; its topic and its records stay"; done || true
  tables=$(grep -vxF -f "$work/before" "$work/now") || true
  if [ -z "$tables" ]; then
    write_signal "tables of this connector|$state"
    echo "no table was added"
    exit 0
  fi
fi

items=$(printf '%s\\n' "$tables" | sed 's/\\\\/\\\\\\\\/g; s/"/\\\\"/g; s/.*/"&"/' | paste -sd, -)
seen=$(read_topic "$NOTIFICATION_TOPIC" 3000 | wc -l)
id="snapshot-$(date +%s)"
data="{\\"type\\":\\"INCREMENTAL\\",\\"data-collections\\":[$items]}"
write_signal "$TOPIC_PREFIX|{\\"id\\":\\"$id\\",\\"type\\":\\"execute-snapshot\\",\\"data\\":$data}"
[ -n "$AGAIN" ] || write_signal "tables of this connector|$state"
echo "asked the connector for a snapshot of $items"

shown_fields='current_collection_in_progress|scanned_collection|total_rows_scanned|status|chunk_index|total_chunks'
notes_of() {
  read_topic "$NOTIFICATION_TOPIC" 2000 | tail -n "+$((seen + 1))" | grep -F 'Incremental Snapshot' || true
}
begin=$(date +%s)
shown=0
started=
while :; do
  notes_of > "$work/notes"
  tail -n "+$((shown + 1))" "$work/notes" | while read -r note; do
    type=$(printf '%s' "$note" | sed 's/.*"type":"\\([A-Z_]*\\)".*/\\1/')
    details=$(printf '%s' "$note" | grep -oE "\\"($shown_fields)\\":\\"[^\\"]*\\"" | tr -d '"' | tr '\\n' ' ') || true
    echo "$type $details"
  done
  shown=$(wc -l < "$work/notes")
  [ "$shown" -eq 0 ] || started=yes
  if grep -qF '"type":"ABORTED"' "$work/notes"; then echo "the connector has aborted the snapshot"; exit 1; fi
  if grep -qF '"type":"COMPLETED"' "$work/notes"; then echo "the snapshot is complete"; exit 0; fi
  elapsed=$(($(date +%s) - begin))
  if [ -z "$started" ] && [ "$elapsed" -gt "$START_SECONDS" ]; then
    cat "$work/errors"
    echo "the connector has not begun within $START_SECONDS s: is it running? It reads the signal when it is"
    exit 1
  fi
  if [ "$elapsed" -gt "$WAIT_SECONDS" ]; then
    echo "the snapshot goes on; its progress is in the topic $NOTIFICATION_TOPIC"
    exit 0
  fi
done
`;
