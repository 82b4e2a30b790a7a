package eu.sinusnode.server.export.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a frame of a file says of itself.
 *
 * @param type FHIR resource type that all its lines are of, or are about when they are deletions
 * @param owners patients whose records all its lines are, sorted; empty for records of nobody
 * @param grounds fingerprint of what the decision to write them was based on
 * @param records lines in it
 */
public record Frame(String type, List<UUID> owners, byte[] grounds, int records) {

    public Frame {
        owners = List.copyOf(owners);
    }

    byte[] encode() {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes =
                ByteBuffer.allocate(3 * Integer.BYTES + grounds.length + owners.size() * 2 * Long.BYTES + name.length);
        bytes.putInt(records).putInt(grounds.length).put(grounds).putInt(owners.size());
        owners.forEach(owner -> bytes.putLong(owner.getMostSignificantBits()).putLong(owner.getLeastSignificantBits()));
        return bytes.put(name).array();
    }

    /** @param fileType what a head that an earlier version wrote leaves to its file */
    static Frame decode(byte[] encoded, String fileType) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        int records = bytes.getInt();
        byte[] grounds = new byte[bytes.getInt()];
        bytes.get(grounds);
        int count = bytes.getInt();
        List<UUID> owners = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            owners.add(new UUID(bytes.getLong(), bytes.getLong()));
        }
        String type =
                bytes.hasRemaining() ? StandardCharsets.US_ASCII.decode(bytes).toString() : fileType;
        return new Frame(type, owners, grounds, records);
    }
}
