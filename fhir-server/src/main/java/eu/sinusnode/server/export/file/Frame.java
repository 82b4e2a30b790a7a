package eu.sinusnode.server.export.file;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a frame of a file says of itself.
 *
 * @param owners patients whose records all its lines are, sorted; empty for records of nobody
 * @param grounds fingerprint of what the decision to write them was based on
 * @param records lines in it
 */
public record Frame(List<UUID> owners, byte[] grounds, int records) {

    public Frame {
        owners = List.copyOf(owners);
    }

    byte[] encode() {
        ByteBuffer bytes = ByteBuffer.allocate(3 * Integer.BYTES + grounds.length + owners.size() * 2 * Long.BYTES);
        bytes.putInt(records).putInt(grounds.length).put(grounds).putInt(owners.size());
        owners.forEach(owner -> bytes.putLong(owner.getMostSignificantBits()).putLong(owner.getLeastSignificantBits()));
        return bytes.array();
    }

    static Frame decode(byte[] encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        int records = bytes.getInt();
        byte[] grounds = new byte[bytes.getInt()];
        bytes.get(grounds);
        int count = bytes.getInt();
        List<UUID> owners = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            owners.add(new UUID(bytes.getLong(), bytes.getLong()));
        }
        return new Frame(owners, grounds, records);
    }
}
