package eu.sinusnode.server.export.delivery;

/** What permitted lines become before they leave: the one place where they are changed. */
interface DeliveredForm {

    /** As a read would give them. */
    DeliveredForm IDENTIFIED = permitted -> permitted;

    /** @param permitted lines of NDJSON, each with its end; none at all is no byte */
    byte[] of(byte[] permitted);
}
