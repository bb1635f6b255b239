package dev.zeroftpd.dataconnection.tls.pem;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.os.FailureReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bouncycastle.util.encoders.DecoderException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** Reads PEM files with certificates. Any thread. */
public final class Certificates {

    private static final String BEGIN = "-----BEGIN";
    private static final String HYPHENS = "-----";

    /** As ISO 8859-1 shows it. */
    private static final Pattern BYTE_ORDER_MARK = Pattern.compile("^\u00ef\u00bb\u00bf");

    private Certificates() {}

    /** All blocks of a PEM file (RFC 7468) in their order; text around them is legal. */
    public static List<PemObject> blocks(Path file) throws ConfigException {
        try {
            return parse(file, Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            throw CertificateProblem.of(file, "does not exist", "give the path of a PEM file", e);
        } catch (IOException e) {
            throw CertificateProblem.of(
                    file, "can't be read: " + FailureReason.of(e), "let the server's account read it", e);
        }
    }

    private static List<PemObject> parse(Path file, String text) throws ConfigException {
        List<PemObject> blocks = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(flush(file, text)))) {
            do {
                PemObject block = reader.readPemObject();
                if (block != null) {
                    blocks.add(block);
                }
            } while (readsOn(reader));
        } catch (IOException | DecoderException e) {
            throw CertificateProblem.of(file, "is damaged: " + FailureReason.of(e), "copy it again", e);
        }
        return List.copyOf(blocks);
    }

    /** The reader also finds none where it doesn't know a block (one with a hyphen in its label): others may follow. */
    private static boolean readsOn(PemReader reader) throws IOException {
        reader.mark(1);
        boolean more = reader.read() >= 0;
        reader.reset();
        return more;
    }

    /** The lines as the reader wants them: some editors put a mark before the first, and pasted ones may be indented. */
    private static String flush(Path file, String text) throws ConfigException {
        String lines = BYTE_ORDER_MARK
                .matcher(text)
                .replaceFirst("")
                .lines()
                .map(String::strip)
                .collect(Collectors.joining("\n"));
        for (String line : lines.split("\n", -1)) {
            if (line.startsWith(BEGIN) && !isWhole(line)) {
                throw CertificateProblem.of(file, "is damaged: a BEGIN line is not whole", "copy it again");
            }
        }
        return lines;
    }

    /** RFC 7468, section 3: a label has no two hyphens in a row, and none at its ends. */
    private static boolean isWhole(String beginLine) {
        int start = BEGIN.length() + 1;
        int end = beginLine.length() - HYPHENS.length();
        if (end <= start || beginLine.charAt(start - 1) != ' ' || !beginLine.endsWith(HYPHENS)) {
            return false;
        }
        String label = beginLine.substring(start, end);
        return !label.startsWith("-") && !label.endsWith("-") && !label.contains("--");
    }

    /** The certificates of a PEM file in their order, at least one. */
    public static List<X509Certificate> read(Path file) throws ConfigException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemObject block : blocks(file)) {
            if (block.getType().endsWith("CERTIFICATE")) {
                certificates.add(decode(file, block));
            }
        }
        if (certificates.isEmpty()) {
            throw CertificateProblem.of(
                    file, "contains no certificate", "give a PEM file with a BEGIN CERTIFICATE line");
        }
        return List.copyOf(certificates);
    }

    private static X509Certificate decode(Path file, PemObject block) throws ConfigException {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.getContent()));
        } catch (CertificateException e) {
            throw CertificateProblem.of(file, "holds a damaged certificate", "copy it again", e);
        }
    }

    /**
     * The chain from {@code leaf} up, in the order that TLS demands (RFC 5246, section 7.4.2), whatever the order in the
     * file; certificates that don't belong to it are left out.
     */
    public static List<X509Certificate> chain(X509Certificate leaf, List<X509Certificate> available) {
        List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
        X509Certificate last = leaf;
        while (!last.getSubjectX500Principal().equals(last.getIssuerX500Principal())) {
            X509Certificate child = last;
            var issuer = available.stream()
                    .filter(candidate -> !chain.contains(candidate) && issued(candidate, child))
                    .findFirst();
            if (issuer.isEmpty()) {
                break;
            }
            last = issuer.get();
            chain.add(last);
        }
        return List.copyOf(chain);
    }

    private static boolean issued(X509Certificate issuer, X509Certificate child) {
        if (!issuer.getSubjectX500Principal().equals(child.getIssuerX500Principal())) {
            return false;
        }
        try {
            child.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false; // another authority of the same name, such as one before its key was changed
        }
    }
}
