package eu.sinusnode.server.export.job;

import java.io.IOException;
import java.sql.SQLException;

/** What becomes of the records of nobody that a patient's records refer to. */
interface Referrals {

    /** They stay among {@link RunLines#mentioned}, and are written once, after everybody's. */
    Referrals LAST = () -> {};

    /** All of a patient's records have been written. */
    void endOfPatient() throws IOException, SQLException;
}
