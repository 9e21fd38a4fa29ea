import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A truststore of a JVM's certificates and those of PEM bundles: Truststore CACERTS FOLDER KEYSTORE PEM.
 *
 * A bundle's certificate is known by its SHA-256 fingerprint: the same in every build, and never shared by two certificates.
 * The keystore is PKCS12 without encryption and integrity password: it holds public certificates only, every JVM since 12
 * reads it without a password, and its bytes depend on nothing but the certificates (a JKS would keep the time of each
 * import). The same certificates stand in PEM.
 */
public class Truststore {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", Pattern.DOTALL);

    public static void main(String[] args) throws Exception {
        System.setProperty("keystore.pkcs12.certProtectionAlgorithm", "NONE");
        System.setProperty("keystore.pkcs12.macAlgorithm", "NONE");
        Map<String, X509Certificate> all = ofJvm(Path.of(args[0]));
        int own = all.size();
        List<X509Certificate> added = ofBundles(Path.of(args[1]));
        for (X509Certificate certificate : added) if (!all.containsValue(certificate)) all.put("bundle-" + fingerprint(certificate), certificate);
        write(all, Path.of(args[2]), Path.of(args[3]));

        KeyStore written = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(args[2]))) { written.load(in, null); }
        if (written.size() != all.size()) throw new IOException("the truststore holds " + written.size() + " certificates, not " + all.size());
        for (X509Certificate certificate : added) if (written.getCertificateAlias(certificate) == null) throw new IOException("the truststore lacks " + certificate.getSubjectX500Principal());
        System.out.println("truststore: " + all.size() + " certificates, " + own + " of the JVM and " + (all.size() - own) + " of " + added.size() + " in the bundles");
        report(added);
    }

    private static Map<String, X509Certificate> ofJvm(Path cacerts) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(cacerts)) { store.load(in, "changeit".toCharArray()); }
        Map<String, X509Certificate> all = new TreeMap<>();
        for (String alias : java.util.Collections.list(store.aliases())) if (store.isCertificateEntry(alias)) all.put(alias, (X509Certificate) store.getCertificate(alias));
        if (all.isEmpty()) throw new IOException(cacerts + " holds no certificate");
        return all;
    }

    private static List<X509Certificate> ofBundles(Path folder) throws Exception {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        Map<String, X509Certificate> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                String text = Files.readString(file, StandardCharsets.US_ASCII);
                Matcher block = BLOCK.matcher(text);
                int blocks = 0;
                for (; block.find(); blocks++) {
                    byte[] der = Base64.getMimeDecoder().decode(block.group(1));
                    X509Certificate certificate = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
                    found.put(fingerprint(certificate), certificate);
                }
                int begun = text.split("-----BEGIN CERTIFICATE-----", -1).length - 1;
                if (blocks == 0 || blocks != begun) throw new IOException(file.getFileName() + " begins " + begun + " certificates, of which " + blocks + " are whole");
            }
        }
        if (found.isEmpty()) throw new IOException("no certificate found in " + folder);
        return List.copyOf(found.values());
    }

    private static void write(Map<String, X509Certificate> all, Path keystore, Path pem) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        StringBuilder text = new StringBuilder();
        Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        for (Map.Entry<String, X509Certificate> entry : all.entrySet()) {
            store.setCertificateEntry(entry.getKey(), entry.getValue());
            text.append("-----BEGIN CERTIFICATE-----\n").append(lines.encodeToString(entry.getValue().getEncoded())).append("\n-----END CERTIFICATE-----\n");
        }
        Files.createDirectories(keystore.getParent());
        try (OutputStream out = Files.newOutputStream(keystore)) { store.store(out, null); }
        Files.writeString(pem, text);
    }

    /** Says which of the bundles' certificates are of no use, or soon will not be; an old one stops no build. */
    private static void report(List<X509Certificate> certificates) {
        Instant now = Instant.now();
        Instant first = certificates.stream().map(certificate -> certificate.getNotAfter().toInstant()).min(Instant::compareTo).orElseThrow();
        System.out.println("truststore: the first of the bundles' certificates expires " + first);
        for (X509Certificate certificate : certificates) {
            Instant end = certificate.getNotAfter().toInstant();
            if (end.isBefore(now)) System.out.println("truststore: WARNING: expired " + end + ": " + certificate.getSubjectX500Principal());
            else if (end.isBefore(now.plus(180, ChronoUnit.DAYS))) System.out.println("truststore: WARNING: expires " + end + ": " + certificate.getSubjectX500Principal());
        }
    }

    private static String fingerprint(X509Certificate certificate) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }
}
