package eu.sinusnode.analysis.replay;

import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.manifest.ReplayManifest;
import eu.sinusnode.analysis.reading.RrSeries;
import eu.sinusnode.analysis.reading.VitalReading;
import java.util.List;

/** The versions of resources that a manifest names, read back as the job was given them. */
public interface RecordedInputs {

    /** The readings of one Observation, with the device and the setting of the manifest. */
    List<VitalReading> vitals(ReplayManifest.Vital of) throws InputNotThere;

    /** The recording with its intervals. */
    RrSeries series(ReplayManifest.Series of) throws InputNotThere;

    /**
     * What a resource says beside readings.
     *
     * @param version of a Patient, Condition, MedicationRequest, Observation or Goal, e.g. {@code Condition/17/_history/2}
     */
    PatientFacts facts(String version) throws InputNotThere;
}
