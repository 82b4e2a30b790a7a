package eu.sinusnode.server.export.file;

import java.util.UUID;

/**
 * One file of an export, as the table has it.
 *
 * @param file its unguessable name
 * @param type FHIR resource type of its records, or by whose instances they are organised
 * @param deleted whether its lines say which of them were deleted
 * @param kid key of purpose {@code export} that it is encrypted with
 * @param frames how many frames count
 * @param bytes how long these are
 * @param records lines in them
 */
public record StoredFile(UUID file, String type, boolean deleted, String kid, int frames, long bytes, long records) {}
