package dev.zeroftpd.command.hash;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/** The hashes that clients may ask for, the best first (draft-bryan-ftpext-hash, section 3). Any thread. */
public enum HashAlgorithm {
    SHA_256("SHA-256"),
    SHA_512("SHA-512"),
    SHA_1("SHA-1"),
    MD5("MD5"),
    CRC32("CRC32");

    private final String label;

    HashAlgorithm(String label) {
        this.label = label;
    }

    /** A computation under way. One thread. */
    interface Running {

        void update(ByteBuffer bytes);

        /** The hash of all bytes so far, in hexadecimal digits; ends the computation. */
        String finish();
    }

    /** As HASH and FEAT name it. */
    String label() {
        return label;
    }

    static Optional<HashAlgorithm> named(String name) {
        String wanted = name.toUpperCase(Locale.ROOT);
        for (HashAlgorithm algorithm : values()) {
            if (algorithm.label.equals(wanted)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    Running start() {
        return this == CRC32 ? new Crc() : new Digest(digest());
    }

    private MessageDigest digest() {
        try {
            return MessageDigest.getInstance(label);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + label, e);
        }
    }

    private record Digest(MessageDigest digest) implements Running {

        @Override
        public void update(ByteBuffer bytes) {
            digest.update(bytes);
        }

        @Override
        public String finish() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    private static final class Crc implements Running {

        private final CRC32 crc = new CRC32();

        @Override
        public void update(ByteBuffer bytes) {
            crc.update(bytes);
        }

        @Override
        public String finish() {
            return HexFormat.of().toHexDigits(crc.getValue(), 8);
        }
    }
}
