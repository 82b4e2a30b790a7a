package eu.sinusnode.server.export.job;

import eu.sinusnode.policy.minimisation.QuasiIdentifiers;
import eu.sinusnode.policy.minimisation.SmallGroups;
import java.time.Year;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/** How exactly an export tells its Patients; other records are as they are. */
interface ToldPatients {

    /** Everything as it is stored. */
    ToldPatients AS_STORED = record -> record;

    static ToldPatients of(SmallGroups groups, Year today) {
        return record ->
                record instanceof Patient patient ? groups.told(patient, QuasiIdentifiers.of(patient, today)) : record;
    }

    Resource told(Resource record);
}
