/** The examples of HL7 and of other publishers: what is stored of them equals what was sent. */
@NullMarked
package eu.sinusnode.server.roundtrip;

import org.jspecify.annotations.NullMarked;
