package eu.sinusnode.server.export.job;

import org.hl7.fhir.r4.model.Resource;

/** What a permitted record becomes before it is written into a file: the one place where it could be changed. */
interface DeliveredForm {

    /** As a read would give it. */
    DeliveredForm IDENTIFIED = permitted -> permitted;

    Resource of(Resource permitted);
}
