import './base.css';
import './doctor.css';
import './guard.css';
