import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.javarosa.core.model.CoreModelModule;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.condition.EvaluationContext;
import org.javarosa.core.model.condition.IFunctionHandler;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.reference.PrefixedRootFactory;
import org.javarosa.core.reference.Reference;
import org.javarosa.core.reference.ReferenceManager;
import org.javarosa.core.services.IPropertyManager;
import org.javarosa.core.services.PropertyManager;
import org.javarosa.core.services.PrototypeManager;
import org.javarosa.core.services.properties.IPropertyRules;
import org.javarosa.core.util.JavaRosaCoreModule;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.util.XFormUtils;
import org.javarosa.xpath.expr.XPathFuncExpr;

/** JavaRosa as ODK Collect sets it up: properties of a device, lists beside the form, pulldata(). */
final class Engine {
    private Engine() {}

    static void start(Path lists) {
        new JavaRosaCoreModule().registerModule();
        new XFormsModule().registerModule();
        PrototypeManager.registerPrototypes(CoreModelModule.classNames);
        PropertyManager.setPropertyManager(new Device());
        ReferenceManager.instance().addReferenceFactory(
                new PrefixedRootFactory(new String[] {"file/", "file-csv/", "images/", "audio/", "video/"}) {
                    @Override
                    protected Reference factory(String rest, String uri) {
                        return new ListFile(lists.resolve(rest), uri);
                    }
                });
    }

    static FormDef open(byte[] xform, Path lists) throws Exception {
        FormDef form = XFormUtils.getFormFromInputStream(new ByteArrayInputStream(xform));
        form.getEvaluationContext().addFunctionHandler(new PullData(lists));
        form.initialize(true, new InstanceInitializationFactory());
        return form;
    }

    /** What a phone tells of itself. */
    private static final class Device implements IPropertyManager {
        public List<String> getProperty(String name) {
            return List.of(getSingularProperty(name));
        }

        public void setProperty(String name, String value) {}

        public void setProperty(String name, List<String> values) {}

        public String getSingularProperty(String name) {
            return "phone:" + name;
        }

        public void addRules(IPropertyRules rules) {}

        public List<IPropertyRules> getRules() {
            return List.of();
        }
    }

    /** A file that stands in the folder of lists. */
    private record ListFile(Path path, String uri) implements Reference {
        public boolean doesBinaryExist() {
            return Files.exists(path);
        }

        public InputStream getStream() throws IOException {
            return Files.newInputStream(path);
        }

        public String getURI() {
            return uri;
        }

        public String getLocalURI() {
            return path.toString();
        }

        public boolean isReadOnly() {
            return true;
        }

        public OutputStream getOutputStream() {
            throw new UnsupportedOperationException();
        }

        public void remove() {
            throw new UnsupportedOperationException();
        }

        public Reference[] probeAlternativeReferences() {
            return new Reference[0];
        }
    }

    /** Collect's own function: pulldata(file, wanted column, key column, key). Cells of our lists hold no commas. */
    private static final class PullData implements IFunctionHandler {
        private final Path lists;
        private final Map<String, List<String[]>> read = new HashMap<>();

        PullData(Path lists) {
            this.lists = lists;
        }

        public String getName() {
            return "pulldata";
        }

        public List<Class[]> getPrototypes() {
            return new ArrayList<>();
        }

        public boolean rawArgs() {
            return true;
        }

        public boolean realTime() {
            return false;
        }

        public Object eval(Object[] args, EvaluationContext context) {
            String[] words = new String[args.length];
            for (int at = 0; at < args.length; at++) {
                words[at] = XPathFuncExpr.toString(args[at]);
            }
            List<String[]> rows = read.computeIfAbsent(words[0], this::rows);
            List<String> headings = List.of(rows.get(0));
            int wanted = headings.indexOf(words[1]);
            int key = headings.indexOf(words[2]);
            for (String[] row : rows.subList(1, rows.size())) {
                if (key >= 0 && wanted >= 0 && row[key].equals(words[3])) {
                    return row[wanted];
                }
            }
            return "";
        }

        private List<String[]> rows(String name) {
            List<String[]> rows = new ArrayList<>();
            try {
                for (String line : Files.readAllLines(lists.resolve(name + ".csv"))) {
                    rows.add(line.split(",", -1));
                }
            } catch (IOException error) {
                rows.add(new String[0]);
            }
            return rows;
        }
    }
}
