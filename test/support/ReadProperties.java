import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Prints what java.util.Properties reads from each file of a folder: file, key and value, the last two as UTF-16 code units in hex. */
public class ReadProperties {
    public static void main(String[] args) throws Exception {
        try (var files = Files.list(Path.of(args[0]))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Properties properties = new Properties();
                try (InputStream content = Files.newInputStream(file)) {
                    properties.load(content);
                }
                for (String key : properties.stringPropertyNames())
                    System.out.println(file.getFileName() + "\t" + hex(key) + "\t" + hex(properties.getProperty(key)));
            }
        }
    }

    private static String hex(String text) {
        StringBuilder units = new StringBuilder();
        for (char unit : text.toCharArray()) units.append(String.format("%04x", (int) unit));
        return units.toString();
    }
}
