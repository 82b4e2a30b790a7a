package eu.sinusnode.server.attack;

import java.util.List;

/**
 * What is to be found out of one hidden patient. The values of all secrets have the same lengths, and none of them stands
 * anywhere else in the database, so that an answer which holds one has leaked it.
 *
 * @param effective an instant in UTC; later than that of every record that the attackers may see
 */
record Secret(
        String name,
        String systolic,
        String diastolic,
        String effective,
        String family,
        String given,
        String birthDate,
        String kvnr,
        String vitalId,
        String serial,
        String note) {

    static final Secret ADA = new Secret(
            "ada",
            "121.4375",
            "78.5625",
            "2025-03-04T05:16:27Z",
            "Qarwinkel",
            "Xadalore",
            "1941-02-03",
            "Q739205181",
            "canary-vital-7d1c",
            "CANARY-SERIAL-71",
            "Zwölfaderiges Murmeln");
    static final Secret BEA = new Secret(
            "bea",
            "187.5625",
            "99.4375",
            "2025-09-18T17:48:39Z",
            "Quendelbro",
            "Xbeatina",
            "1967-10-21",
            "Q840619272",
            "canary-vital-3f9a",
            "CANARY-SERIAL-38",
            "Quälendes Herzstolpern");
    /** Of a patient whose heart rate the insurer may see, as it may Ada's and Bea's, and who has nothing else. */
    static final Secret CLEO = new Secret(
            "cle",
            "165.3125",
            "92.6875",
            "2025-11-29T21:04:41Z",
            "Quispelau",
            "Xcleodora",
            "1970-11-30",
            "Q162837401",
            "canary-vital-9c4d",
            "CANARY-SERIAL-96",
            "Stolperndes Flattern");
    /** Of a patient whose record is restricted, whoever is permitted what. */
    static final Secret DORA = new Secret(
            "dor",
            "133.1875",
            "74.8125",
            "2025-04-22T03:27:08Z",
            "Qumbrecht",
            "Xdorinda",
            "1949-05-27",
            "Q274619380",
            "canary-vital-6e3b",
            "CANARY-SERIAL-62",
            "Anfallsweises Hämmern");
    /** Of another one. */
    static final Secret EMMA = new Secret(
            "emm",
            "176.9375",
            "95.0625",
            "2025-10-07T13:59:46Z",
            "Quastenau",
            "Xemmelind",
            "1963-08-14",
            "Q318590466",
            "canary-vital-8a5d",
            "CANARY-SERIAL-85",
            "Unruhiges Nachtrasen");
    /** Of the world in which the hidden records do not exist. */
    static final Secret NOBODY = new Secret(
            "nil",
            "143.8125",
            "86.0625",
            "2025-06-11T11:32:53Z",
            "Qilvester",
            "Xnildred",
            "1954-07-12",
            "Q951728367",
            "canary-vital-5b2e",
            "CANARY-SERIAL-54",
            "Unhörbares Klappern");

    String day() {
        return effective.substring(0, 10);
    }

    String month() {
        return effective.substring(0, 7);
    }

    String second() {
        return effective.substring(0, 19);
    }

    /**
     * No answer may hold one of these unless the request did. The number of a vital is not among them: attackers store vitals
     * of the same number for their own patients.
     */
    List<String> canaries() {
        return List.of(systolic, diastolic, second(), family, given, birthDate, kvnr, serial, note);
    }
}
