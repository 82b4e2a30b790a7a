package eu.sinusnode.sampledata.people;

import eu.sinusnode.sampledata.chance.Draws;
import eu.sinusnode.sampledata.chance.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The institutions around the patients: one centre, six clinics with four cardiologists each, four insurers, and one
 * insurer in the United States. They do not depend on the number of patients.
 */
public final class Institutions {

    private static final int CLINICIANS_A_CLINIC = 4;

    private final Institution centre;
    private final List<Institution> clinics;
    private final List<Institution> insurers;
    private final Institution foreignInsurer;
    private final List<List<Clinician>> clinicians;

    public Institutions(long seed, Ids ids) {
        this.centre = german(ids, "centre", 1, "SinusNode Herzzentrum", "Am Sinusknoten 1", "Berlin 10117");
        this.clinics = List.of(
                german(ids, "clinic", 1, "Herzklinik Mainbogen", "Uferstraße 12", "Frankfurt am Main 60311", MAIN),
                german(ids, "clinic", 2, "Kardiologie Alsterwiesen", "Fährhausweg 3", "Hamburg 20099", ALSTER),
                german(ids, "clinic", 3, "Klinik Isarauen", "Flößerstraße 40", "München 80469", ISAR),
                german(ids, "clinic", 4, "Herzzentrum Pleißenhof", "Hofgasse 7", "Leipzig 04109", PLEISSE),
                german(ids, "clinic", 5, "Kardiologische Klinik Rheinbastei", "Bastei 21", "Köln 50667", RHEIN),
                german(ids, "clinic", 6, "Spreewinkel Herzklinik", "Winkelallee 88", "Berlin 10245", SPREE));
        this.insurers = List.of(
                german(ids, "insurer", 1, "Lindenhof Krankenkasse", "Lindenhof 1", "Bremen 28195"),
                german(ids, "insurer", 2, "Albtal Gesundheitskasse", "Talstraße 50", "Stuttgart 70173"),
                german(ids, "insurer", 3, "Kogge Betriebskrankenkasse", "Hansekai 9", "Rostock 18055"),
                german(ids, "insurer", 4, "Vierlande Ersatzkasse", "Deichweg 17", "Hamburg 21029"));
        this.foreignInsurer = new Institution(
                ids.of("organization/foreign-insurer/1"),
                "foreign-insurer",
                "Prairie Lantern Health Insurance, Inc.",
                "400 Lantern Avenue",
                new Place("Springfield, IL", "62701"),
                "US",
                List.of());
        this.clinicians = IntStream.range(0, clinics.size())
                .mapToObj(clinic -> IntStream.range(0, CLINICIANS_A_CLINIC)
                        .mapToObj(place -> clinician(seed, ids, clinic, place))
                        .toList())
                .toList();
    }

    public Institution centre() {
        return centre;
    }

    public List<Institution> clinics() {
        return clinics;
    }

    public Institution clinic(int index) {
        return clinics.get(index);
    }

    public List<Institution> insurers() {
        return insurers;
    }

    public Institution insurer(int index) {
        return insurers.get(index);
    }

    public Institution foreignInsurer() {
        return foreignInsurer;
    }

    public List<Clinician> clinicians(int clinic) {
        return clinicians.get(clinic);
    }

    /** Every institution: the centre, the clinics, the insurers, the foreign insurer. */
    public List<Institution> all() {
        List<Institution> all = new ArrayList<>();
        all.add(centre);
        all.addAll(clinics);
        all.addAll(insurers);
        all.add(foreignInsurer);
        return List.copyOf(all);
    }

    private static final String[] MAIN = {
        "Frankfurt am Main 60316",
        "Frankfurt am Main 60486",
        "Offenbach am Main 63065",
        "Hanau 63450",
        "Darmstadt 64283",
        "Wiesbaden 65183",
        "Mainz 55116",
        "Bad Homburg vor der Höhe 61348",
        "Gießen 35390"
    };
    private static final String[] ALSTER = {
        "Hamburg 20144",
        "Hamburg 22303",
        "Hamburg 22765",
        "Lübeck 23552",
        "Kiel 24103",
        "Lüneburg 21335",
        "Norderstedt 22846",
        "Bremen 28203"
    };
    private static final String[] ISAR = {
        "München 80331",
        "München 80799",
        "München 81541",
        "Augsburg 86150",
        "Freising 85354",
        "Rosenheim 83022",
        "Landshut 84028",
        "Ingolstadt 85049",
        "Regensburg 93047"
    };
    private static final String[] PLEISSE = {
        "Leipzig 04105",
        "Leipzig 04229",
        "Halle (Saale) 06108",
        "Chemnitz 09111",
        "Dresden 01067",
        "Jena 07743",
        "Erfurt 99084",
        "Zwickau 08056"
    };
    private static final String[] RHEIN = {
        "Köln 50674",
        "Köln 51065",
        "Bonn 53111",
        "Düsseldorf 40210",
        "Leverkusen 51373",
        "Aachen 52062",
        "Essen 45127",
        "Dortmund 44135",
        "Wuppertal 42103",
        "Münster 48143"
    };
    private static final String[] SPREE = {
        "Berlin 10435",
        "Berlin 12043",
        "Berlin 13353",
        "Potsdam 14467",
        "Cottbus 03046",
        "Frankfurt (Oder) 15230",
        "Magdeburg 39104",
        "Rostock 18055"
    };

    private static Institution german(
            Ids ids, String kind, int number, String name, String street, String place, String... catchment) {
        return new Institution(
                ids.of("organization/" + kind + "/" + number),
                kind,
                name,
                street,
                place(place),
                "DE",
                List.of(catchment).stream().map(Institutions::place).toList());
    }

    private static Place place(String cityAndPostcode) {
        int space = cityAndPostcode.lastIndexOf(' ');
        return new Place(cityAndPostcode.substring(0, space), cityAndPostcode.substring(space + 1));
    }

    private Clinician clinician(long seed, Ids ids, int clinic, int place) {
        int number = clinic * CLINICIANS_A_CLINIC + place + 1;
        Draws draws = Draws.of(seed, number, "clinician");
        boolean female = draws.chance(0.45);
        return new Clinician(
                ids.of("practitioner/" + number),
                clinics.get(clinic).id(),
                female,
                place == 0 ? "Prof. Dr. med." : "Dr. med.",
                People.givenName(draws, female, draws.whole(1960, 1985)),
                People.familyName(draws));
    }
}
