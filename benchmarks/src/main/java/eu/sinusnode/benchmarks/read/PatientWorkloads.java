package eu.sinusnode.benchmarks.read;

import eu.sinusnode.benchmarks.load.Workload;
import java.util.List;

/** What is asked of one patient after the other. */
public final class PatientWorkloads {

    private static final String CODES =
            "http://loinc.org%7C8867-4,http://loinc.org%7C85354-9,http://loinc.org%7C29463-7";

    private PatientWorkloads() {}

    /** A search for the newest 20 heart rates. */
    public static String newestOf(String patient) {
        return "Observation?patient=" + patient + "&code=http://loinc.org%7C8867-4&_sort=-date&_count=20";
    }

    public static Workload newest(List<String> patients) {
        return Workload.reads(
                "newest 20 of a patient and code",
                patients.stream().map(PatientWorkloads::newestOf).toList());
    }

    /** The newest of three codes. */
    public static Workload lastN(List<String> patients) {
        return Workload.reads(
                "lastn",
                patients.stream()
                        .map(patient -> "Observation/$lastn?patient=" + patient + "&code=" + CODES)
                        .toList());
    }

    /** Six statistics of two years of heart rates. */
    public static Workload stats(List<String> patients) {
        return Workload.reads(
                "stats",
                patients.stream()
                        .map(patient -> "Observation/$stats?subject=Patient/" + patient
                                + "&coding=http://loinc.org%7C8867-4&duration=17520"
                                + "&statistic=average,minimum,maximum,median,std-dev,count")
                        .toList());
    }

    /** Of this year's heart rates. */
    public static Workload trend(List<String> patients) {
        return Workload.reads(
                "trend",
                patients.stream()
                        .map(patient -> "Observation/$trend?patient=" + patient
                                + "&code=http://loinc.org%7C8867-4&from=2026-01-01")
                        .toList());
    }
}
