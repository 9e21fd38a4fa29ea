import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Prints Kafka's configuration definitions: component, key, type, validator and default, separated by tabs. */
public class ConfigDefinitions {
    public static void main(String[] arguments) throws Exception {
        print("producer", ProducerConfig.configDef());
        print("consumer", ConsumerConfig.configDef());
        print("admin", AdminClientConfig.configDef());
        print("topic", (ConfigDef) Class.forName("org.apache.kafka.storage.internals.log.LogConfig")
            .getMethod("configDefCopy").invoke(null));
        print("broker", broker());
        Class<?> crypto = Class.forName("org.apache.kafka.connect.runtime.distributed.Crypto");
        Method worker = Class.forName("org.apache.kafka.connect.runtime.distributed.DistributedConfig")
            .getDeclaredMethod("config", crypto);
        worker.setAccessible(true);
        print("worker", (ConfigDef) worker.invoke(null, crypto.getField("SYSTEM").get(null)));
        print("connector", org.apache.kafka.connect.runtime.ConnectorConfig.configDef());
        print("standalone", staticField("org.apache.kafka.connect.runtime.standalone.StandaloneConfig", "CONFIG"));
    }

    private static ConfigDef broker() throws Exception {
        try {
            return staticField("org.apache.kafka.server.config.AbstractKafkaConfig", "CONFIG_DEF");
        } catch (ClassNotFoundException | NoSuchFieldException error) {
            return (ConfigDef) Class.forName("kafka.server.KafkaConfig").getMethod("configDef").invoke(null);
        }
    }

    private static ConfigDef staticField(String className, String name) throws Exception {
        Field field = Class.forName(className).getDeclaredField(name);
        field.setAccessible(true);
        return (ConfigDef) field.get(null);
    }

    private static void print(String component, ConfigDef definition) {
        Map<String, ConfigDef.ConfigKey> keys = new TreeMap<>(definition.configKeys());
        for (ConfigDef.ConfigKey key : keys.values())
            System.out.println(
                String.join("\t", component, key.name, key.type().name(), validator(key), defaultOf(key)));
    }

    /** The default with a `=`, or nothing. */
    private static String defaultOf(ConfigDef.ConfigKey key) {
        if (!key.hasDefault() || key.defaultValue == null) return "";
        return "=" + ConfigDef.convertToString(key.defaultValue, key.type());
    }

    /** Ranges and lists of values; the text of other validators is for people. */
    private static String validator(ConfigDef.ConfigKey key) {
        if (key.validator == null) return "";
        // a lambda of Connect: "Positive number, or -1 to use the broker's default"
        if (key.validator.toString().startsWith("Positive number")) return "NotZero [-1,...]";
        String kind = key.validator.getClass().getSimpleName();
        boolean known = kind.equals("Range") || kind.equals("ValidString") || kind.equals("ValidList")
            || kind.equals("CaseInsensitiveValidString");
        return known ? kind + " " + key.validator : "";
    }
}
