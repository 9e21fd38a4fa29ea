import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Lists a zip archive as lines of TYPE NAME, the type as `ls -l` has it. The JDK's own classes do not tell links from files:
 * that stands in the Unix mode of the central directory (APPNOTE.TXT of the format, 4.3.12 and 4.4.15).
 */
public class ZipEntries {
    public static void main(String[] args) throws IOException {
        ByteBuffer zip = ByteBuffer.wrap(Files.readAllBytes(Path.of(args[0]))).order(ByteOrder.LITTLE_ENDIAN);
        int end = zip.capacity() - 22;
        while (end >= 0 && zip.getInt(end) != 0x06054b50) end--;
        if (end < 0) throw new IOException(args[0] + " is no zip archive");
        int count = Short.toUnsignedInt(zip.getShort(end + 10));
        int at = zip.getInt(end + 16);
        if (count == 0xffff || at < 0) throw new IOException(args[0] + " is a Zip64 archive, which is not read here");
        for (int i = 0; i < count; i++) {
            if (zip.getInt(at) != 0x02014b50) throw new IOException(args[0] + " has a broken directory");
            int nameLength = Short.toUnsignedInt(zip.getShort(at + 28));
            byte[] name = new byte[nameLength];
            zip.get(at + 46, name);
            String text = new String(name, StandardCharsets.UTF_8).replace('\\', '/').replace("\n", "\\n");
            boolean unix = zip.get(at + 5) == 3;
            System.out.println(type(unix ? (zip.getInt(at + 38) >>> 28) : 0, text) + " " + text);
            at += 46 + nameLength + Short.toUnsignedInt(zip.getShort(at + 30)) + Short.toUnsignedInt(zip.getShort(at + 32));
        }
    }

    private static char type(int mode, String name) {
        switch (mode) {
            case 0: return name.endsWith("/") ? 'd' : '-';
            case 4: return 'd';
            case 8: return '-';
            case 10: return 'l';
            default: return '?';
        }
    }
}
